-- 0007: what the relay must know of a row besides: whether it makes a message (those keep their order in a channel),
-- whether the last try may have reached Discord unnoticed, which refusal blocked it, and whether that refusal would
-- meet every message of the channel. Problems are told to the admins once, so they are kept while they last.
ALTER TABLE outbox ADD COLUMN lane INTEGER NOT NULL DEFAULT 0 CHECK (lane IN (0, 1));        -- 0 makes a message
ALTER TABLE outbox ADD COLUMN uncertain INTEGER NOT NULL DEFAULT 0 CHECK (uncertain IN (0, 1));
ALTER TABLE outbox ADD COLUMN last_try INTEGER;
ALTER TABLE outbox ADD COLUMN code INTEGER;                -- Discord's error code of the refusal
ALTER TABLE outbox ADD COLUMN closes INTEGER NOT NULL DEFAULT 0 CHECK (closes IN (0, 1));

CREATE INDEX outbox_unfinished ON outbox (channel_id, id) WHERE state IN ('ready', 'sending', 'blocked');

CREATE TABLE problem (
    guild_id INTEGER NOT NULL,
    key      TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 80),   -- 'channel:123:50013', 'feed:4'
    words    TEXT    NOT NULL,                             -- what is wrong and how to mend it
    since    INTEGER NOT NULL,                             -- milliseconds since 1970, UTC
    PRIMARY KEY (guild_id, key)
) STRICT, WITHOUT ROWID;
