-- 0005: documents that the admins of a server gave the bot, for that server alone. Kept here and not as files, so
-- that they are backed up and restored with everything else; a canon file is built from them at will.
CREATE TABLE guild_document (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,          -- stands in buttons, so none may come back
    guild_id   INTEGER NOT NULL,
    work       TEXT    NOT NULL,                           -- the canon's key of the story
    work_title TEXT    NOT NULL,
    file       TEXT    NOT NULL,
    title      TEXT    NOT NULL,                           -- '' = as the document says
    chapter    INTEGER NOT NULL CHECK (chapter >= 0),      -- 0 = known to every reader
    state      TEXT    NOT NULL CHECK (state IN ('draft', 'kept')),
    sha256     TEXT    NOT NULL,
    size       INTEGER NOT NULL CHECK (size > 0),          -- bytes
    content    BLOB    NOT NULL,
    added_by   INTEGER NOT NULL,                           -- Discord snowflake; 0 once that person was forgotten
    added_at   INTEGER NOT NULL                            -- milliseconds since 1970, UTC
) STRICT;

CREATE UNIQUE INDEX guild_document_kept ON guild_document (guild_id, work, file) WHERE state = 'kept';
CREATE INDEX guild_document_by_state ON guild_document (state, added_at);
