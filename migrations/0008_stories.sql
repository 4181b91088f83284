-- 0008: the stories that servers follow and the feeds that tell of them. A feed is asked once for all servers; what a
-- server makes of it (where it announces, whether it has read what was there before) is the follow.
CREATE TABLE story (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    title      TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    title_key  TEXT    NOT NULL,                           -- the folded title, by which it is found
    author     TEXT,
    url        TEXT,
    quota      INTEGER NOT NULL DEFAULT 10000 CHECK (quota BETWEEN 0 AND 1000000),
    masked     INTEGER NOT NULL DEFAULT 0 CHECK (masked IN (0, 1)),       -- titles of chapters are spoilers
    role_id    INTEGER,
    channel_id INTEGER,
    created_by INTEGER NOT NULL,                           -- 0 once that person was forgotten
    created_at INTEGER NOT NULL,                           -- milliseconds since 1970, UTC, like all times
    UNIQUE (guild_id, title_key)
) STRICT;

CREATE TABLE feed (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    key           TEXT    NOT NULL UNIQUE,                 -- the source's own identity, without slugs and mirrors
    kind          TEXT    NOT NULL,
    url           TEXT    NOT NULL,                        -- from which the source is recognised
    host          TEXT    NOT NULL,
    etag          TEXT,                                    -- verbatim; written with the chapters it vouches for
    last_modified TEXT,
    next_poll     INTEGER NOT NULL,
    failures      INTEGER NOT NULL DEFAULT 0,              -- in a row
    problem       TEXT,                                    -- the last failure, in words
    last_poll     INTEGER,
    last_success  INTEGER,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX feed_due ON feed (next_poll);

CREATE TABLE follow (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id    INTEGER NOT NULL,
    story_id    INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    feed_id     INTEGER NOT NULL REFERENCES feed (id),
    channel_id  INTEGER,                                   -- NULL: the story's
    role_id     INTEGER,                                   -- NULL: the story's
    state       TEXT    NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'asking')),
    trusted     INTEGER NOT NULL DEFAULT 0 CHECK (trusted IN (0, 1)),     -- an admin said: take the next page as it is
    baseline_at INTEGER,                                   -- when what was there before was read; NULL: not yet
    added_by    INTEGER NOT NULL,                          -- 0 once that person was forgotten
    added_at    INTEGER NOT NULL,
    UNIQUE (story_id, feed_id)
) STRICT;

CREATE INDEX follow_by_feed ON follow (feed_id);
CREATE INDEX follow_by_guild ON follow (guild_id);
