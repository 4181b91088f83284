-- 0014: what somebody was called when they took part in a motion, for minutes that people can read. A name is of its
-- motion: closed minutes stay the same when their readers are called otherwise. Of secret votes no voter's name is kept.
CREATE TABLE motion_name (
    motion_id INTEGER NOT NULL REFERENCES motion (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    name      TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    PRIMARY KEY (motion_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX motion_name_of ON motion_name (user_id);
