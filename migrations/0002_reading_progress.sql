-- 0002: how far somebody has read a story, and how far a channel may be told of it. What lies beyond is
-- never shown. A story without a row counts as begun: its first chapter is known, the rest is not.
CREATE TABLE reading_progress (
    user_id    INTEGER NOT NULL,                           -- Discord snowflake
    work       TEXT    NOT NULL,                           -- the canon's key of the story
    chapter    INTEGER NOT NULL CHECK (chapter >= 1),      -- the last one read
    changed_at INTEGER NOT NULL,                           -- milliseconds since 1970, UTC
    PRIMARY KEY (user_id, work)
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_ceiling (
    channel_id INTEGER NOT NULL,                           -- Discord snowflake
    work       TEXT    NOT NULL,
    guild_id   INTEGER NOT NULL,
    chapter    INTEGER NOT NULL CHECK (chapter >= 1),      -- the last one that may be spoken of
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (channel_id, work)
) STRICT, WITHOUT ROWID;
