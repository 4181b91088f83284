-- 0009: chapters as a server knows them, by which names its sources know each (the same chapter on several sites is one
-- chapter), and where each was announced. What a source called it once is never forgotten: that is what keeps a
-- chapter from being announced twice.
CREATE TABLE chapter (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id     INTEGER NOT NULL,
    story_id     INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    follow_id    INTEGER REFERENCES follow (id) ON DELETE SET NULL,       -- which told of it first; NULL: somebody did
    title        TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    title_key    TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    words        INTEGER CHECK (words BETWEEN 0 AND 10000000),
    word_source  TEXT,                                     -- 'counted', 'listed', 'announced'
    rounded      INTEGER NOT NULL DEFAULT 0 CHECK (rounded IN (0, 1)),
    category     TEXT,                                     -- NULL: the feed tells no categories
    summary      TEXT,
    published_at INTEGER,
    seen_at      INTEGER NOT NULL,
    place        INTEGER NOT NULL,                         -- orders the chapters of a story
    state        TEXT    NOT NULL CHECK (state IN ('known', 'held', 'announced', 'gone')),
    hold_until   INTEGER,
    announced_at INTEGER,
    announced_by INTEGER                                   -- who did it by hand; 0 once forgotten
) STRICT;

CREATE INDEX chapter_by_story ON chapter (story_id, place);
CREATE INDEX chapter_held ON chapter (hold_until) WHERE state = 'held';

CREATE TABLE sighting (
    story_id   INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    feed_id    INTEGER NOT NULL,                           -- 0: announced by hand
    identity   TEXT    NOT NULL,                           -- the source's own; by hand the address
    chapter_id INTEGER NOT NULL REFERENCES chapter (id) ON DELETE CASCADE,
    url        TEXT    NOT NULL,
    PRIMARY KEY (story_id, feed_id, identity)
) STRICT, WITHOUT ROWID;

CREATE INDEX sighting_by_chapter ON sighting (chapter_id);
CREATE INDEX sighting_by_feed ON sighting (feed_id, identity);

CREATE TABLE announcement (
    chapter_id INTEGER NOT NULL REFERENCES chapter (id) ON DELETE CASCADE,
    guild_id   INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    outbox_id  INTEGER NOT NULL,                           -- several chapters share one in a digest
    topic      TEXT    NOT NULL,
    message_id INTEGER,
    sent_at    INTEGER,
    PRIMARY KEY (chapter_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX announcement_by_outbox ON announcement (outbox_id);
