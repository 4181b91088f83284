-- 0003: what the admins of a server chose: channels, roles, the look of cards. A choice that was never made has
-- no row, so that a default can change for those who never cared.
CREATE TABLE guild_setting (
    guild_id   INTEGER NOT NULL,
    key        TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 40),
    value      TEXT    NOT NULL CHECK (length(value) BETWEEN 1 AND 200),
    changed_by INTEGER NOT NULL,                           -- who chose it; 0 once that person was forgotten
    changed_at INTEGER NOT NULL,                           -- milliseconds since 1970, UTC
    PRIMARY KEY (guild_id, key)
) STRICT, WITHOUT ROWID;
