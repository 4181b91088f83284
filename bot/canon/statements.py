"""What is asked about works, entries and days, as SQL with named parameters.

See also word_statements (words and texts), entity_statements (names, contradictions) and
inventory_statements.

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
WITHIN = (
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
    WITHIN
    + """
SELECT id, first_day, precision FROM within ORDER BY first_day, work_id, position LIMIT :limit
"""
)
COUNT_BETWEEN = WITHIN + "SELECT COUNT(*) AS number FROM within"
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
# Anniversaries: the same days of every year, given as spans, so that no date arithmetic is SQL's.
EVENTS_IN_SPANS = (
    SCOPE
    + """
SELECT event.passage_id AS id, event.precision
  FROM scope
  CROSS JOIN json_each(:spans) AS span
  CROSS JOIN event ON event.work_id = scope.work_id AND event.told_order <= scope.ceiling
   AND event.first_day >= json_extract(span.value, '$[0]')
   AND event.first_day <= json_extract(span.value, '$[1]')
 WHERE event.precision IN ('day', 'month')
 ORDER BY event.first_day, event.work_id, event.position LIMIT :limit
"""
)
YEAR_COUNTS = (
    SCOPE
    + """
SELECT event_year.year, SUM(event_year.events) AS events
  FROM scope
  JOIN event_year ON event_year.work_id = scope.work_id AND event_year.told_order <= scope.ceiling
 GROUP BY event_year.year ORDER BY event_year.year
"""
)
