-- 0013: the Supreme Soviet: motions, ballots, results. One ballot a reader and motion, the newest click by Discord's
-- clock; what decides a motion is frozen when it opens; after the close nothing leads from a secret ballot to a reader.
CREATE TABLE motion (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,   -- stands in buttons, so it never comes back
    guild_id           INTEGER NOT NULL,
    number             INTEGER NOT NULL CHECK (number >= 1),
    interaction_id     INTEGER UNIQUE,                      -- of the command: delivered twice, it makes one motion
    mover_id           INTEGER,                             -- NULL: the Soviet itself; 0: a former reader
    text               TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 1500),
    words              TEXT    NOT NULL,                    -- the text, folded for searching
    kind               TEXT    NOT NULL
                       CHECK (kind IN ('aye_nay', 'single', 'multiple', 'ranked', 'decree', 'amendment')),
    options            TEXT    NOT NULL,                    -- JSON: texts in the order of the paper
    picks              INTEGER NOT NULL CHECK (picks BETWEEN 1 AND 25),
    seats              INTEGER NOT NULL CHECK (seats BETWEEN 0 AND 25),  -- 0: all that pass
    numerator          INTEGER NOT NULL CHECK (numerator >= 0),
    denominator        INTEGER NOT NULL CHECK (denominator >= 1),
    strict             INTEGER NOT NULL CHECK (strict IN (0, 1)),        -- 1: more than; 0: at least
    base               TEXT    NOT NULL CHECK (base IN ('cast', 'roll')),
    quorum_numerator   INTEGER NOT NULL CHECK (quorum_numerator >= 0),
    quorum_denominator INTEGER NOT NULL CHECK (quorum_denominator >= 0), -- 0: a number of ballots
    role_id            INTEGER,
    minimum_age_ms     INTEGER NOT NULL CHECK (minimum_age_ms >= 0),
    latecomers         INTEGER NOT NULL CHECK (latecomers IN (0, 1)),
    ballot             TEXT    NOT NULL CHECK (ballot IN ('open', 'secret')),
    visibility         TEXT    NOT NULL CHECK (visibility IN ('live', 'after_voting', 'on_close')),
    status             TEXT    NOT NULL CHECK (status IN ('tabled', 'open', 'closed', 'withdrawn')),
    verdict            TEXT    CHECK (verdict IN ('adopted', 'rejected', 'lapsed')),
    seconders_needed   INTEGER NOT NULL CHECK (seconders_needed >= 0),
    objectors_needed   INTEGER NOT NULL CHECK (objectors_needed >= 0),
    orders_version     INTEGER NOT NULL CHECK (orders_version >= 0),
    term_ms            INTEGER NOT NULL CHECK (term_ms > 0),
    closes_on          INTEGER,                             -- milliseconds since 1970, UTC, like all times
    story_id           INTEGER,
    until_chapter      INTEGER NOT NULL CHECK (until_chapter IN (0, 1)),
    promised_words     INTEGER CHECK (promised_words > 0),
    repeals            INTEGER,                             -- the number of a resolution
    order_article      TEXT,                                -- what adoption writes into the standing orders
    order_value        TEXT,
    amends_id          INTEGER REFERENCES motion (id),      -- the motion whose wording this one chooses
    tabled_at          INTEGER NOT NULL,
    tabled_until       INTEGER NOT NULL,                    -- lapses then unseconded; a decree stands then
    opened_at          INTEGER,
    closes_at          INTEGER,
    called_at          INTEGER,                             -- the chapter that ended it earlier
    closed_at          INTEGER,
    roll               INTEGER CHECK (roll >= 0),
    rules_hash         TEXT,
    channel_id         INTEGER,
    message_id         INTEGER,
    UNIQUE (guild_id, number),
    CHECK ((status = 'closed') = (verdict IS NOT NULL)),
    CHECK ((opened_at IS NULL) = (closes_at IS NULL) AND (opened_at IS NULL) = (rules_hash IS NULL)),
    CHECK (status <> 'open' OR opened_at IS NOT NULL),
    CHECK ((order_article IS NULL) = (order_value IS NULL))
) STRICT;

CREATE INDEX motion_due ON motion (status, closes_at) WHERE status IN ('tabled', 'open');
CREATE INDEX motion_of_story ON motion (guild_id, story_id) WHERE story_id IS NOT NULL;
CREATE INDEX motion_amending ON motion (amends_id) WHERE amends_id IS NOT NULL;

-- Loomio and others learned it from users: rules that can move after the first vote are no rules.
CREATE TRIGGER motion_is_frozen
BEFORE UPDATE OF guild_id, number, text, kind, options, picks, seats, numerator, denominator, strict, base,
                 quorum_numerator, quorum_denominator, role_id, minimum_age_ms, latecomers, ballot, visibility,
                 orders_version, story_id, until_chapter, repeals, order_article, order_value, amends_id,
                 opened_at, closes_at, roll, rules_hash
ON motion WHEN OLD.status <> 'tabled'
BEGIN
    SELECT RAISE(ABORT, 'a motion is frozen once it has opened');
END;

CREATE TRIGGER motion_stays_closed
BEFORE UPDATE OF status, verdict, closed_at, called_at ON motion WHEN OLD.status IN ('closed', 'withdrawn')
BEGIN
    SELECT RAISE(ABORT, 'a motion is never reopened');
END;

CREATE TABLE seconder (
    motion_id      INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    user_id        INTEGER NOT NULL,                        -- Discord snowflake; below 0: a former reader
    interaction_id INTEGER NOT NULL,                        -- orders them by Discord's clock
    PRIMARY KEY (motion_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE objector (
    motion_id      INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    user_id        INTEGER NOT NULL,
    interaction_id INTEGER NOT NULL,
    PRIMARY KEY (motion_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE amendment (
    motion_id      INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    number         INTEGER NOT NULL CHECK (number >= 1),
    author_id      INTEGER NOT NULL,                        -- 0: a former reader
    text           TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 1500),
    interaction_id INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (motion_id, number)
) STRICT, WITHOUT ROWID;

-- Only where the bot could see who may vote; elsewhere the motion holds their number.
CREATE TABLE roll_entry (
    motion_id INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    PRIMARY KEY (motion_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recusal (
    motion_id INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    PRIMARY KEY (motion_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ballot_open (
    motion_id      INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    voter_id       INTEGER NOT NULL,                        -- below 0: a former reader
    choice         TEXT,                                    -- JSON: places on the paper; NULL: taken back
    interaction_id INTEGER NOT NULL,                        -- of the newest click; 0: by a delegate
    delegate_id    INTEGER,                                 -- who voted for them, written at the close
    code           TEXT    NOT NULL,                        -- what the reader's receipt shows
    PRIMARY KEY (motion_id, voter_id)
) STRICT, WITHOUT ROWID;

-- A secret vote is two rows that only the key of the motion can join; it is destroyed at the close.
CREATE TABLE voted (
    motion_id      INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    voter_id       INTEGER NOT NULL,
    interaction_id INTEGER NOT NULL,
    present        INTEGER NOT NULL CHECK (present IN (0, 1)),  -- 0: taken back
    PRIMARY KEY (motion_id, voter_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ballot_secret (
    motion_id INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    opaque_id TEXT    NOT NULL,                             -- HMAC of the voter; rows lie in its order, not in that of time
    choice    TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    PRIMARY KEY (motion_id, opaque_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ballot_key (
    motion_id INTEGER NOT NULL PRIMARY KEY REFERENCES motion (id) ON DELETE CASCADE,
    secret    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE explanation (
    motion_id INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    text      TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 300),
    PRIMARY KEY (motion_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE delegation (
    guild_id       INTEGER NOT NULL,
    story_id       INTEGER NOT NULL,                        -- 0: whatever has no delegation of its own
    from_id        INTEGER NOT NULL,
    to_id          INTEGER NOT NULL,
    joined_at      INTEGER NOT NULL,                        -- when from_id became a member
    interaction_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, story_id, from_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE result (
    motion_id INTEGER NOT NULL PRIMARY KEY REFERENCES motion (id) ON DELETE CASCADE,
    outcome   TEXT    NOT NULL                              -- JSON, with every number; what may be told is decided on reading
) STRICT, WITHOUT ROWID;

CREATE TABLE resolution (
    motion_id       INTEGER NOT NULL PRIMARY KEY REFERENCES motion (id) ON DELETE CASCADE,
    guild_id        INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    law             TEXT    NOT NULL CHECK (law IN ('adopted', 'repealed', 'overtaken', 'fulfilled')),
    by_number       INTEGER,                                -- the motion that repealed it
    note            TEXT    NOT NULL CHECK (length(note) <= 200),
    story_id        INTEGER,
    promised_words  INTEGER,
    delivered_words INTEGER,                                -- by the first chapter after the adoption
    adopted_at      INTEGER NOT NULL,
    UNIQUE (guild_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE standing_order (
    guild_id      INTEGER NOT NULL,
    version       INTEGER NOT NULL CHECK (version >= 1),
    article       TEXT    NOT NULL,
    value         TEXT    NOT NULL CHECK (length(value) BETWEEN 1 AND 100),
    changed_by    INTEGER NOT NULL,                         -- 0: a motion, or a former reader
    motion_number INTEGER,
    changed_at    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, version)
) STRICT, WITHOUT ROWID;

-- At most one motion a chapter, however often the Soviet hears of it.
CREATE TABLE chapter_heard (
    guild_id    INTEGER NOT NULL,
    story_id    INTEGER NOT NULL,
    chapter_key TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    words       INTEGER,
    quota       INTEGER,
    heard_at    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, story_id, chapter_key)
) STRICT, WITHOUT ROWID;
