-- The canon: written once by a build, read-only ever after. Keys (text) are stable across builds;
-- ids (integers) are not and never leave this file. Days are proleptic Gregorian ordinals.
-- told_order: the chapter a reader must have reached to see the row; 0 = known to every reader.
CREATE TABLE work (
    id       INTEGER PRIMARY KEY,
    slug     TEXT    NOT NULL UNIQUE,
    title    TEXT    NOT NULL,
    folded   TEXT    NOT NULL,
    kind     TEXT    NOT NULL CHECK (kind IN ('fiction', 'history')),
    author   TEXT    NOT NULL,
    credit   TEXT    NOT NULL,
    url      TEXT,
    blurb    TEXT    NOT NULL,
    colour   INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 16777215),
    diverges TEXT
) STRICT;

CREATE TABLE era (
    work_id INTEGER NOT NULL REFERENCES work (id),
    name    TEXT    NOT NULL,
    edtf    TEXT    NOT NULL,
    PRIMARY KEY (work_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id      INTEGER PRIMARY KEY,
    work_id INTEGER NOT NULL REFERENCES work (id),
    key     TEXT    NOT NULL,
    file    TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    format  TEXT    NOT NULL,
    tier    TEXT    NOT NULL CHECK (tier IN ('chapter', 'author', 'timeline', 'comment')),
    chapter INTEGER NOT NULL,
    words   INTEGER NOT NULL,
    sha256  TEXT    NOT NULL,
    UNIQUE (work_id, key)
) STRICT;

-- The unit of citation: a paragraph of a chapter, an entry of a timeline, a remark of a reader.
CREATE TABLE passage (
    id         INTEGER PRIMARY KEY,
    work_id    INTEGER NOT NULL REFERENCES work (id),
    source_id  INTEGER NOT NULL REFERENCES source (id),
    key        TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    heading    TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    tier       TEXT    NOT NULL CHECK (tier IN ('chapter', 'author', 'timeline', 'comment')),
    told_order INTEGER NOT NULL,
    UNIQUE (work_id, key),
    UNIQUE (source_id, number)
) STRICT;

CREATE TABLE event (
    id           INTEGER PRIMARY KEY,
    work_id      INTEGER NOT NULL REFERENCES work (id),
    passage_id   INTEGER NOT NULL UNIQUE REFERENCES passage (id),
    key          TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    written      TEXT    NOT NULL,
    edtf         TEXT    NOT NULL,
    first_day    INTEGER NOT NULL,
    last_day     INTEGER NOT NULL CHECK (last_day >= first_day),
    precision    TEXT    NOT NULL,
    approximate  INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    month_day    INTEGER,                       -- month * 100 + day where the day is known
    position     INTEGER NOT NULL,              -- the order of telling within the work
    out_of_order INTEGER NOT NULL CHECK (out_of_order IN (0, 1)),
    told_order   INTEGER NOT NULL,
    UNIQUE (work_id, key)
) STRICT;

-- How many events begin in each year: an empty box of autocomplete counts none of them itself.
CREATE TABLE event_year (
    work_id    INTEGER NOT NULL REFERENCES work (id),
    year       INTEGER NOT NULL,
    told_order INTEGER NOT NULL,
    events     INTEGER NOT NULL,
    PRIMARY KEY (work_id, year, told_order)
) STRICT, WITHOUT ROWID;

-- Dates inside the text of an entry: "on the 19th of May".
CREATE TABLE mentioned_date (
    passage_id  INTEGER NOT NULL REFERENCES passage (id),
    written     TEXT    NOT NULL,
    first_day   INTEGER NOT NULL,
    last_day    INTEGER NOT NULL,
    precision   TEXT    NOT NULL,
    month_day   INTEGER,
    told_order  INTEGER NOT NULL
) STRICT;

CREATE TABLE entity (
    id         INTEGER PRIMARY KEY,
    work_id    INTEGER NOT NULL REFERENCES work (id),
    key        TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    blurb      TEXT    NOT NULL,
    concept    TEXT,                            -- the same one in other works
    mentions   INTEGER NOT NULL,
    told_order INTEGER NOT NULL,
    UNIQUE (work_id, key)
) STRICT;

CREATE TABLE alias (
    id         INTEGER PRIMARY KEY,
    work_id    INTEGER NOT NULL REFERENCES work (id),
    entity_id  INTEGER NOT NULL REFERENCES entity (id),
    text       TEXT    NOT NULL,
    folded     TEXT    NOT NULL,
    is_name    INTEGER NOT NULL CHECK (is_name IN (0, 1)),
    told_order INTEGER NOT NULL,
    UNIQUE (work_id, folded, entity_id)
) STRICT;

CREATE TABLE mention (
    entity_id  INTEGER NOT NULL REFERENCES entity (id),
    passage_id INTEGER NOT NULL REFERENCES passage (id),
    position   INTEGER NOT NULL,                -- words before the first mention
    times      INTEGER NOT NULL,
    PRIMARY KEY (entity_id, passage_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE dispute (
    id         INTEGER PRIMARY KEY,
    concept    TEXT    NOT NULL,                -- name_key of what it is about
    about      TEXT    NOT NULL,
    here_id    INTEGER NOT NULL REFERENCES work (id),
    here       TEXT    NOT NULL,
    here_told  INTEGER NOT NULL,                -- the chapter of each work that tells its side
    here_key   TEXT,                            -- the passage of that work that says it, if any
    there_id   INTEGER NOT NULL REFERENCES work (id),
    there      TEXT    NOT NULL,
    there_told INTEGER NOT NULL,
    there_key  TEXT
) STRICT;

CREATE TABLE warning (
    file    TEXT NOT NULL,
    line    INTEGER,
    message TEXT NOT NULL
) STRICT;

CREATE TABLE build (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The words of each work and what their spellings share (bot/canon/names.py: variant_key).
CREATE TABLE word (
    id       INTEGER PRIMARY KEY,
    word     TEXT    NOT NULL UNIQUE,
    variant  TEXT    NOT NULL,
    passages INTEGER NOT NULL
) STRICT;
-- Which work says a word, and from which chapter on: a correction must not reveal one.
CREATE TABLE word_work (
    word_id    INTEGER NOT NULL REFERENCES word (id),
    work_id    INTEGER NOT NULL REFERENCES work (id),
    told_order INTEGER NOT NULL,
    PRIMARY KEY (word_id, work_id)
) STRICT, WITHOUT ROWID;

-- rowid = passage.id. Text is folded before it comes here, so no stemmer and no accents.
CREATE VIRTUAL TABLE passage_text USING fts5 (
    title, names, body,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO passage_text (passage_text, rank) VALUES ('rank', 'bm25(8.0, 3.0, 1.0)');
-- rowid = alias.id and word.id; both without blanks, so that a split compound is found as well.
CREATE VIRTUAL TABLE alias_trigram USING fts5 (compact, tokenize = 'trigram');
CREATE VIRTUAL TABLE word_trigram USING fts5 (compact, tokenize = 'trigram');

-- Indexes, made when the tables are full: write.py splits this file at this line.
CREATE INDEX event_by_day ON event (work_id, first_day, position);
CREATE INDEX event_by_month_day ON event (month_day, work_id) WHERE month_day IS NOT NULL;
CREATE INDEX mentioned_date_by_day ON mentioned_date (first_day, last_day);
CREATE INDEX mentioned_date_by_month_day ON mentioned_date (month_day) WHERE month_day IS NOT NULL;
CREATE INDEX entity_by_concept ON entity (concept) WHERE concept IS NOT NULL;
CREATE INDEX alias_by_folded ON alias (folded);
CREATE INDEX alias_by_entity ON alias (entity_id);
CREATE INDEX mention_by_passage ON mention (passage_id);
CREATE INDEX dispute_by_concept ON dispute (concept);
CREATE INDEX word_by_variant ON word (variant);
