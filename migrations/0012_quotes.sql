-- 0012: the quote book. A message is in it once, whoever asks and however often; what somebody refused stays
-- refused, so its row stays without its words. Pictures are never kept.
CREATE TABLE quote (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,      -- in buttons: never comes back
    guild_id       INTEGER NOT NULL,
    number         INTEGER NOT NULL,                       -- what people call it, counted in each server
    channel_id     INTEGER NOT NULL,
    room_id        INTEGER NOT NULL,                       -- the channel whose readers may see it: a public thread's parent
    message_id     INTEGER NOT NULL,
    author_id      INTEGER NOT NULL,                       -- who is quoted
    author_name    TEXT    NOT NULL,                       -- as shown in that server then
    maker_id       INTEGER NOT NULL,                       -- who asked for it; 0 once that person was forgotten
    state          TEXT    NOT NULL CHECK (state IN ('asked', 'kept', 'refused')),
    purpose        TEXT    NOT NULL CHECK (purpose IN ('card', 'save')),
    text           TEXT    NOT NULL CHECK (length(text) <= 8000),
    folded         TEXT    NOT NULL,                       -- for searching; what a spoiler hides is not in it
    text_hash      TEXT    NOT NULL,                       -- SHA-256 of the message as Discord sent it
    age_restricted INTEGER NOT NULL CHECK (age_restricted IN (0, 1)),
    said_at        INTEGER NOT NULL,                       -- milliseconds since 1970, UTC, like all times
    month_day      INTEGER NOT NULL,                       -- 1107: 7 November, where the server lives
    made_at        INTEGER NOT NULL,
    CHECK (state <> 'refused' OR (text = '' AND folded = '' AND text_hash = '')),
    UNIQUE (guild_id, message_id),
    UNIQUE (guild_id, number)
) STRICT;

CREATE INDEX quote_by_author ON quote (author_id);
CREATE INDEX quote_by_maker ON quote (maker_id);
CREATE INDEX quote_asked ON quote (made_at) WHERE state = 'asked';

-- The messages of ours that show one quote to everybody: taken down with it.
CREATE TABLE quote_showing (
    message_id INTEGER NOT NULL PRIMARY KEY,
    quote_id   INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    shown_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX quote_showing_by_quote ON quote_showing (quote_id);

-- Who may quote somebody. No row: anybody in the same server.
CREATE TABLE quoting_choice (
    user_id    INTEGER NOT NULL PRIMARY KEY,
    consent    TEXT    NOT NULL CHECK (consent IN ('ask', 'nobody')),
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
