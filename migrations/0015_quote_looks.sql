-- 0015: a quote whose message was deleted must go, also one that nobody opens: when each was last looked for.
ALTER TABLE quote ADD COLUMN looked_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX quote_by_look ON quote (looked_at) WHERE state = 'kept';
