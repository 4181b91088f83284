-- 0010: who wants to be told of which story, how, and of which chapters. Everything in it is the reader's own choice.
CREATE TABLE subscription (
    guild_id   INTEGER NOT NULL,
    story_id   INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    reader_id  INTEGER NOT NULL,
    how        TEXT    NOT NULL CHECK (how IN ('role', 'ping', 'digest')),
    min_words  INTEGER NOT NULL DEFAULT 0 CHECK (min_words BETWEEN 0 AND 1000000),
    category   TEXT    NOT NULL DEFAULT 'main',            -- or 'all', or one of the source's
    since      INTEGER NOT NULL,                           -- milliseconds since 1970, UTC, like all times
    PRIMARY KEY (story_id, reader_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX subscription_by_reader ON subscription (reader_id);

CREATE TABLE reader_digest (
    reader_id INTEGER PRIMARY KEY,
    since     INTEGER NOT NULL,                            -- chapters announced from here on are in the next one
    next_at   INTEGER,                                     -- NULL: none is sent, for the reason in `problem`
    problem   TEXT
) STRICT;
