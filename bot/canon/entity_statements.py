"""What is asked about people, places, ships and wars. See statements.py for `scope`."""

from bot.canon.statements import SCOPE

TWINS = (
    SCOPE
    + """
SELECT twin.work_id, twin.key, twin.name, twin.kind, twin.blurb, twin.concept, twin.mentions
  FROM entity
  JOIN entity AS twin
    ON twin.id <> entity.id AND twin.work_id <> entity.work_id
   AND (twin.concept = entity.concept OR twin.name = entity.name)
  JOIN scope ON scope.work_id = twin.work_id AND twin.told_order <= scope.ceiling
 WHERE entity.work_id = :work_id AND entity.key = :key
 ORDER BY twin.mentions DESC LIMIT :limit
"""
)
PASSAGES_NAMING = (
    SCOPE
    + """
SELECT passage.id, event.first_day IS NOT NULL AS is_dated, mention.position AS at, mention.times
  FROM entity
  JOIN mention ON mention.entity_id = entity.id
  JOIN passage ON passage.id = mention.passage_id AND passage.tier <> 'comment'
  JOIN scope ON scope.work_id = passage.work_id AND passage.told_order <= scope.ceiling
  LEFT JOIN event ON event.passage_id = passage.id
 WHERE entity.work_id = :work_id AND entity.key = :key
 ORDER BY event.first_day IS NULL, event.first_day, event.position, passage.id LIMIT :limit
"""
)
DISPUTES_ABOUT = (
    SCOPE
    + """
SELECT DISTINCT dispute.id, dispute.about, dispute.here_id, dispute.here, dispute.there_id,
       dispute.there
  FROM entity
  JOIN alias ON alias.entity_id = entity.id
  JOIN dispute ON dispute.concept = alias.folded
  JOIN scope AS here ON here.work_id = dispute.here_id
  JOIN scope AS there ON there.work_id = dispute.there_id
 WHERE entity.work_id = :work_id AND entity.key = :key
   AND :work_id IN (dispute.here_id, dispute.there_id)
 ORDER BY dispute.id LIMIT :limit
"""
)
"""The works on both sides must be in the scope; sources of both are told by then."""

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
# For those who write the whole canon out: everything, with the chapter that tells it.
EVERY_PASSAGE = """
SELECT passage.id, passage.told_order FROM passage
 WHERE passage.work_id = :work_id AND passage.tier <> 'comment' ORDER BY passage.id
"""
EVERY_ENTITY = """
SELECT id, work_id, key, name, kind, blurb, concept, mentions, told_order FROM entity
 WHERE work_id = :work_id ORDER BY mentions DESC, name
"""
EVERY_ALIAS = """
SELECT entity_id, text, told_order FROM alias
 WHERE work_id = :work_id AND NOT is_name ORDER BY id
"""
EVERY_MENTION = """
SELECT mention.entity_id, mention.passage_id
  FROM mention JOIN entity ON entity.id = mention.entity_id
 WHERE entity.work_id = :work_id ORDER BY mention.passage_id
"""
