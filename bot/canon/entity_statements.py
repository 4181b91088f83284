"""What is asked about people, places, ships and wars, and about contradictions over them.

See statements.py for `scope`.
"""

from bot.canon.statements import SCOPE

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
NAMES_AMONG = (
    SCOPE
    + """
SELECT DISTINCT alias.folded
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
# Both sides must have been told; each is cited by the passage that says it, if that has been told.
_BOTH_SIDES = """
  JOIN scope AS here ON here.work_id = dispute.here_id AND dispute.here_told <= here.ceiling
  JOIN scope AS there ON there.work_id = dispute.there_id AND dispute.there_told <= there.ceiling
  LEFT JOIN passage AS said_here
    ON said_here.work_id = dispute.here_id AND said_here.key = dispute.here_key
   AND said_here.told_order <= here.ceiling
  LEFT JOIN passage AS said_there
    ON said_there.work_id = dispute.there_id AND said_there.key = dispute.there_key
   AND said_there.told_order <= there.ceiling
"""
# Those first of whom this passage says most: it tells of a war, not of the empire all others name.
DISPUTES_IN = (
    SCOPE
    + """
SELECT DISTINCT dispute.id, dispute.about, dispute.here_id, dispute.here, dispute.there_id,
       dispute.there, said_here.id AS here_passage, said_there.id AS there_passage,
       1.0 * mention.times / (1 + entity.mentions) AS share
  FROM mention
  JOIN entity ON entity.id = mention.entity_id
  JOIN alias ON alias.entity_id = mention.entity_id
  JOIN dispute ON dispute.concept = alias.folded
"""
    + _BOTH_SIDES
    + """
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
       dispute.there, said_here.id AS here_passage, said_there.id AS there_passage
  FROM entity
  JOIN alias ON alias.entity_id = entity.id
  JOIN dispute ON dispute.concept = alias.folded
"""
    + _BOTH_SIDES
    + """
 WHERE entity.work_id = :work_id AND entity.key = :key
   AND :work_id IN (dispute.here_id, dispute.there_id)
 ORDER BY dispute.id LIMIT :limit
"""
)
