-- 0016: who does what recurs when several processes share this database; a beat that stands still is a process that is gone.
CREATE TABLE lease (
    name   TEXT    NOT NULL PRIMARY KEY,                   -- a duty, or a shard
    holder TEXT    NOT NULL,                               -- a process, by a word it made up at its start
    beat   INTEGER NOT NULL CHECK (beat > 0)               -- grows while the holder lives, and with every change of hands
) STRICT, WITHOUT ROWID;
