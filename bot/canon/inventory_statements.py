"""What is asked by those who write the whole canon out: everything, with the chapter that tells it.

Nothing here asks for the `scope` of statements.py: what is written out is sorted by chapter.
"""

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
