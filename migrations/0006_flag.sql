-- 0006: what readers say is wrong about an entry. Kept so that nobody sends more than a few a day, and so that what
-- went to the admins can be found again.
CREATE TABLE flag (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,          -- stands in the outbox's topic: none comes back
    guild_id   INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,                           -- Discord snowflake
    reference  TEXT    NOT NULL,                           -- work/key of the entry
    words      TEXT    NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
    flagged_at INTEGER NOT NULL                            -- milliseconds since 1970, UTC
) STRICT;

CREATE INDEX flag_by_user ON flag (user_id, flagged_at);
