"""Every question put to the canon, as SQL. Named parameters; rows are read in library and search.

`scope` is the one predicate of who may see what: pairs of work and ceiling (the chapter a reader
has reached). Each statement that returns something told joins it; none may do without.
"""

SCOPE = """
WITH scope (work_id, ceiling) AS (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:scope)
)
"""

WORKS = """
SELECT id, slug, title, folded, kind, author, credit, url, blurb, colour, diverges
  FROM work ORDER BY kind, slug
"""
SOURCES = """
SELECT id, work_id, key, file, title, format, tier, chapter, words
  FROM source ORDER BY work_id, chapter, id
"""
ERAS = "SELECT work_id, name, edtf FROM era"
BUILD = "SELECT key, value FROM build"
WARNINGS = "SELECT file, line, message FROM warning ORDER BY file, line"
COUNTS = """
SELECT source.id AS source_id, COUNT(passage.id) AS passages, COUNT(event.id) AS events
  FROM source
  LEFT JOIN passage ON passage.source_id = source.id AND passage.tier <> 'comment'
  LEFT JOIN event ON event.passage_id = passage.id
 GROUP BY source.id
"""

_ENTRY = """
SELECT passage.id, passage.work_id, passage.source_id, passage.key, passage.number,
       COALESCE(event.title, passage.heading) AS title, passage.text,
       event.written, event.edtf, event.first_day, event.last_day, event.precision,
       event.approximate, event.out_of_order, event.position
"""
_SEEN = """
  FROM scope
  JOIN passage ON passage.work_id = scope.work_id AND passage.told_order <= scope.ceiling
"""

ENTRIES_BY_ID = (
    SCOPE
    + _ENTRY
    + """
  FROM json_each(:ids) AS wanted
  JOIN passage ON passage.id = wanted.value
  JOIN scope ON scope.work_id = passage.work_id AND passage.told_order <= scope.ceiling
  LEFT JOIN event ON event.passage_id = passage.id
"""
)
ENTRY_BY_KEY = (
    SCOPE
    + _ENTRY
    + _SEEN
    + """
  LEFT JOIN event ON event.passage_id = passage.id
 WHERE passage.work_id = :work_id AND passage.key = :key AND passage.tier <> 'comment'
"""
)
ENTRY_BY_LABEL = (
    SCOPE
    + _ENTRY
    + _SEEN
    + """
  JOIN event ON event.passage_id = passage.id
 WHERE passage.work_id = :work_id AND event.written = :written
   AND substr(event.title, 1, length(:title)) = :title
 ORDER BY event.position LIMIT 1
"""
)

# Events, by days. The scope drives the join, so the index (work, first_day) serves each work.
_EVENTS = """
  FROM scope
  CROSS JOIN event ON event.work_id = scope.work_id AND event.told_order <= scope.ceiling
"""
_OVERLAPPING = """
SELECT event.passage_id AS id, event.work_id, event.first_day, event.precision, event.position
"""
LONGEST = 366
"""Days. What lasts longer is few, and listed: the rest that overlaps some days begins near them."""
LONG_EVENTS = f"SELECT passage_id AS id FROM event WHERE last_day - first_day > {LONGEST}"
_WITHIN = (
    SCOPE
    + """, within AS (
"""
    + _OVERLAPPING
    + _EVENTS
    + f"""
 WHERE event.first_day BETWEEN :first - {LONGEST} AND :last AND event.last_day >= :first
   AND event.last_day - event.first_day <= {LONGEST}
 UNION ALL
"""
    + _OVERLAPPING
    + """
  FROM json_each(:long) AS listed
 CROSS JOIN event ON event.passage_id = listed.value
  JOIN scope ON scope.work_id = event.work_id AND event.told_order <= scope.ceiling
 WHERE event.first_day <= :last AND event.last_day >= :first
)
"""
)
EVENTS_BETWEEN = (
    _WITHIN
    + """
SELECT id, first_day, precision FROM within ORDER BY first_day, work_id, position LIMIT :limit
"""
)
COUNT_BETWEEN = _WITHIN + "SELECT COUNT(*) AS number FROM within"
EVENTS_ON = (
    SCOPE
    + "SELECT event.passage_id AS id"
    + _EVENTS
    + " WHERE event.month_day = :month_day ORDER BY event.first_day, event.position LIMIT :limit"
)
MENTIONED_BETWEEN = (
    SCOPE
    + """
SELECT DISTINCT passage.id
"""
    + _SEEN
    + """
  JOIN mentioned_date ON mentioned_date.passage_id = passage.id
 WHERE (mentioned_date.first_day BETWEEN :first AND :last
        OR mentioned_date.last_day BETWEEN :first AND :last)
   AND passage.tier <> 'comment'
 ORDER BY mentioned_date.first_day, passage.id LIMIT :limit
"""
)
MENTIONED_ON = (
    SCOPE
    + "SELECT DISTINCT passage.id"
    + _SEEN
    + """
  JOIN mentioned_date ON mentioned_date.passage_id = passage.id
 WHERE mentioned_date.month_day = :month_day AND passage.tier <> 'comment'
 ORDER BY mentioned_date.first_day, passage.id LIMIT :limit
"""
)
EVENT_BEFORE = (
    SCOPE
    + "SELECT event.passage_id AS id"
    + _EVENTS
    + """
 WHERE (event.first_day, event.position) < (:first, :position)
 ORDER BY event.first_day DESC, event.position DESC LIMIT 1
"""
)
EVENT_AFTER = (
    SCOPE
    + "SELECT event.passage_id AS id"
    + _EVENTS
    + """
 WHERE (event.first_day, event.position) > (:first, :position)
 ORDER BY event.first_day, event.position LIMIT 1
"""
)
PASSAGE_BESIDE = (
    SCOPE
    + "SELECT passage.id"
    + _SEEN
    + """
 WHERE passage.source_id = :source_id AND passage.number = :number AND passage.tier <> 'comment'
"""
)
PASSAGES_NUMBERED = (
    SCOPE
    + "SELECT passage.id, passage.work_id, passage.text"
    + _SEEN
    + " WHERE passage.number = :number AND passage.tier <> 'comment' LIMIT 50"
)
_OF_LENGTH = """
 WHERE passage.tier <> 'comment' AND length(passage.text) BETWEEN :shortest AND :longest
"""
COUNT_OF_LENGTH = SCOPE + "SELECT COUNT(*) AS number" + _SEEN + _OF_LENGTH
PASSAGE_OF_LENGTH = (
    SCOPE + "SELECT passage.id" + _SEEN + _OF_LENGTH + " ORDER BY passage.id LIMIT 1 OFFSET :offset"
)
YEARS = (
    SCOPE
    + "SELECT event.first_day, event.title, event.precision"
    + _EVENTS
    + " ORDER BY event.first_day, event.position LIMIT :limit"
)

# Words and names.
WORDS = (
    SCOPE
    + """
SELECT DISTINCT word.word, word.variant, word.passages
  FROM word
  JOIN word_work ON word_work.word_id = word.id
  JOIN scope ON scope.work_id = word_work.work_id AND word_work.told_order <= scope.ceiling
 WHERE word.word IN (SELECT value FROM json_each(:words))
    OR word.variant IN (SELECT value FROM json_each(:variants))
"""
)
WORDS_BY_PREFIX = (
    SCOPE
    + """
SELECT DISTINCT word.word, word.passages
  FROM word
  JOIN word_work ON word_work.word_id = word.id
  JOIN scope ON scope.work_id = word_work.work_id AND word_work.told_order <= scope.ceiling
 WHERE (word.word >= :prefix AND word.word < :prefix || char(1114111))
    OR (word.variant >= :variant AND word.variant < :variant || char(1114111))
 ORDER BY word.passages DESC LIMIT :limit
"""
)
WORDS_BY_TRIGRAM = (
    SCOPE
    + """
SELECT DISTINCT word.word, word.passages
  FROM (SELECT rowid FROM word_trigram WHERE word_trigram MATCH :match ORDER BY rank LIMIT :limit)
       AS near
  JOIN word ON word.id = near.rowid
  JOIN word_work ON word_work.word_id = word.id
  JOIN scope ON scope.work_id = word_work.work_id AND word_work.told_order <= scope.ceiling
"""
)
# Words of about one length that begin with a letter: in short ones a slip may leave no trigram.
WORDS_BY_INITIAL = (
    SCOPE
    + """
SELECT DISTINCT word.word, word.passages
  FROM word
  JOIN word_work ON word_work.word_id = word.id
  JOIN scope ON scope.work_id = word_work.work_id AND word_work.told_order <= scope.ceiling
 WHERE word.word >= :initial AND word.word < :initial || char(1114111)
   AND length(word.word) BETWEEN :shortest AND :longest
 LIMIT :limit
"""
)
_BY_TEXT = """
SELECT passage_text.rowid AS id, passage_text.title, passage_text.names, passage_text.body,
       passage_text.rank AS rank, event.first_day, event.position
  FROM passage_text
  JOIN passage ON passage.id = passage_text.rowid
  JOIN scope ON scope.work_id = passage.work_id AND passage.told_order <= scope.ceiling
  LEFT JOIN event ON event.passage_id = passage.id
 WHERE passage_text MATCH :match
"""
_LIKELIEST = " ORDER BY passage_text.rank LIMIT :limit"
PASSAGES_BY_TEXT = (
    SCOPE
    + _BY_TEXT
    + " AND (:first IS NULL OR (event.first_day <= :last AND event.last_day >= :first))"
    + _LIKELIEST
)
# The same from the other end: the few events of some days that say the words. Unranked.
PASSAGES_WITHIN = (
    _WITHIN
    + """
SELECT within.id, passage_text.title, passage_text.names, passage_text.body, 0.0 AS rank,
       within.first_day, within.position
  FROM within
 CROSS JOIN passage_text ON passage_text.rowid = within.id
 WHERE +within.id IN (SELECT rowid FROM passage_text WHERE passage_text MATCH :match)
 LIMIT :limit
"""
)
# What says the words and speaks of the days, whenever it happened itself.
PASSAGES_SPEAKING = (
    SCOPE
    + _BY_TEXT
    + """
   AND passage.id IN (
       SELECT passage_id FROM mentioned_date
        WHERE first_day BETWEEN :first AND :last OR last_day BETWEEN :first AND :last)
"""
    + _LIKELIEST
)

_ENTITY = """
SELECT entity.id, entity.work_id, entity.key, entity.name, entity.kind, entity.blurb,
       entity.concept, entity.mentions
"""
ENTITIES_BY_ALIAS = (
    SCOPE
    + _ENTITY
    + """
     , alias.text AS alias
  FROM alias
  JOIN scope ON scope.work_id = alias.work_id AND alias.told_order <= scope.ceiling
  JOIN entity ON entity.id = alias.entity_id AND entity.told_order <= scope.ceiling
 WHERE alias.folded = :folded
 ORDER BY alias.is_name DESC, entity.mentions DESC, entity.work_id
"""
)
ENTITIES_CALLED = (
    SCOPE
    + """
SELECT DISTINCT entity.id
  FROM alias
  JOIN scope ON scope.work_id = alias.work_id AND alias.told_order <= scope.ceiling
  JOIN entity ON entity.id = alias.entity_id AND entity.told_order <= scope.ceiling
 WHERE alias.folded IN (SELECT value FROM json_each(:names))
"""
)
# Both lists of ids come from statements that have asked the scope.
NAMED_IN = """
SELECT mention.passage_id AS id, MIN(mention.position) AS at
  FROM json_each(:entities) AS asked
  JOIN json_each(:ids) AS wanted
  JOIN mention ON mention.entity_id = asked.value AND mention.passage_id = wanted.value
 GROUP BY mention.passage_id
"""
ENTITIES_BY_PREFIX = (
    SCOPE
    + _ENTITY
    + """
     , alias.text AS alias, alias.folded, alias.is_name
  FROM alias
  JOIN scope ON scope.work_id = alias.work_id AND alias.told_order <= scope.ceiling
  JOIN entity ON entity.id = alias.entity_id AND entity.told_order <= scope.ceiling
 WHERE alias.folded >= :prefix AND alias.folded < :prefix || char(1114111)
 ORDER BY alias.folded <> :prefix, alias.is_name DESC, entity.mentions DESC LIMIT :limit
"""
)
ENTITIES_BY_TRIGRAM = (
    SCOPE
    + _ENTITY
    + """
     , alias.text AS alias, alias.folded, alias.is_name
  FROM (SELECT rowid FROM alias_trigram WHERE alias_trigram MATCH :match ORDER BY rank LIMIT :limit)
       AS near
  JOIN alias ON alias.id = near.rowid
  JOIN scope ON scope.work_id = alias.work_id AND alias.told_order <= scope.ceiling
  JOIN entity ON entity.id = alias.entity_id AND entity.told_order <= scope.ceiling
"""
)
ENTITY_BY_KEY = (
    SCOPE
    + _ENTITY
    + """
  FROM scope
  JOIN entity ON entity.work_id = scope.work_id AND entity.told_order <= scope.ceiling
 WHERE entity.work_id = :work_id AND entity.key = :key
"""
)
ALIASES = (
    SCOPE
    + """
SELECT alias.text
  FROM alias
  JOIN scope ON scope.work_id = alias.work_id AND alias.told_order <= scope.ceiling
 WHERE alias.entity_id = :entity_id AND NOT alias.is_name ORDER BY alias.id
"""
)
ENTITIES_IN = (
    SCOPE
    + _ENTITY
    + """
  FROM mention
  JOIN entity ON entity.id = mention.entity_id
  JOIN scope ON scope.work_id = entity.work_id AND entity.told_order <= scope.ceiling
 WHERE mention.passage_id = :passage_id
 ORDER BY mention.position LIMIT :limit
"""
)
# Those first of whom this passage says most: it tells of a war, not of the empire all others name.
DISPUTES_IN = (
    SCOPE
    + """
SELECT DISTINCT dispute.id, dispute.about, dispute.here_id, dispute.here, dispute.there_id,
       dispute.there, 1.0 * mention.times / (1 + entity.mentions) AS share
  FROM mention
  JOIN entity ON entity.id = mention.entity_id
  JOIN alias ON alias.entity_id = mention.entity_id
  JOIN dispute ON dispute.concept = alias.folded
  JOIN scope AS here ON here.work_id = dispute.here_id
  JOIN scope AS there ON there.work_id = dispute.there_id
 WHERE mention.passage_id = :passage_id AND :work_id IN (dispute.here_id, dispute.there_id)
 ORDER BY share DESC, dispute.id LIMIT :limit
"""
)
# The same people and things in other works, the rarest first: they say most about an entry.
PARALLELS = (
    SCOPE
    + """
SELECT event.passage_id AS id, event.first_day, COUNT(*) AS shared,
       SUM(1.0 / (1 + twin.mentions)) AS weight
  FROM mention
  JOIN entity ON entity.id = mention.entity_id AND entity.concept IS NOT NULL
  JOIN entity AS twin ON twin.concept = entity.concept AND twin.work_id <> entity.work_id
  JOIN mention AS echo ON echo.entity_id = twin.id
  JOIN event ON event.passage_id = echo.passage_id
  JOIN scope ON scope.work_id = event.work_id AND event.told_order <= scope.ceiling
 WHERE mention.passage_id = :passage_id
 GROUP BY event.passage_id
 ORDER BY weight DESC LIMIT :limit
"""
)
