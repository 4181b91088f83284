-- 0001: what the running bot remembers about itself between two starts. First user: the hash of the
-- command tree it last sent to Discord, which counts every needless sync against a daily limit.
CREATE TABLE app_state (
    key        TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    changed_at INTEGER NOT NULL                            -- milliseconds since 1970, UTC
) STRICT, WITHOUT ROWID;
