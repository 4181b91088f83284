"""What is asked about words: those the canon says, and the passages that say them.

See statements.py for `scope`.
"""

from bot.canon.statements import SCOPE, WITHIN

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
    WITHIN
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
