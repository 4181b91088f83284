-- 0011: servers the bot was removed from. Their data are kept for 30 days, for whoever removed it by mistake, and
-- deleted after that. An outage of Discord is no removal, so a row is only written when Discord says "removed".
CREATE TABLE departure (
    guild_id INTEGER NOT NULL PRIMARY KEY,
    left_at  INTEGER NOT NULL                              -- milliseconds since 1970, UTC
) STRICT;
