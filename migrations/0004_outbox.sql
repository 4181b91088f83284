-- 0004: what is to be sent to Discord, written in the transaction that decided it. A row is kept after it was
-- sent: its id makes the nonce by which Discord knows a repeated message, so no id may ever come back.
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    topic       TEXT    NOT NULL CHECK (length(topic) BETWEEN 1 AND 80),  -- 'chapter:12', 'motion:3'
    step        TEXT    NOT NULL CHECK (length(step) BETWEEN 1 AND 80),   -- 'send', 'thread', 'edit:…'
    guild_id    INTEGER NOT NULL,                          -- 0: a private message
    channel_id  INTEGER NOT NULL,                          -- of a private message: the reader's id
    after_id    INTEGER REFERENCES outbox (id),            -- the row whose message this one follows
    body        TEXT    NOT NULL,                          -- JSON, as Discord takes it
    picture     TEXT,                                      -- JSON: which picture is drawn when it is sent
    marker      TEXT    NOT NULL,                          -- a text by which the message is recognised
    state       TEXT    NOT NULL DEFAULT 'ready'
                CHECK (state IN ('ready', 'sending', 'sent', 'blocked', 'dropped')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    not_before  INTEGER NOT NULL,                          -- milliseconds since 1970, UTC, like all times
    first_try   INTEGER,
    lease_until INTEGER,
    message_id  INTEGER,
    problem     TEXT,                                      -- why it is blocked, in words for the admins
    created_at  INTEGER NOT NULL,
    finished_at INTEGER,
    UNIQUE (topic, channel_id, step)
) STRICT;

CREATE INDEX outbox_due ON outbox (state, not_before, id) WHERE state IN ('ready', 'sending');
CREATE INDEX outbox_after ON outbox (after_id) WHERE after_id IS NOT NULL;
CREATE INDEX outbox_by_guild ON outbox (guild_id, state);
