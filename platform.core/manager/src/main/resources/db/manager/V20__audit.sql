-- Who did what. Rows are only added, each chained to the one before it by its hash, and removed from the oldest on.
CREATE TABLE audit (
    number    bigint      PRIMARY KEY,
    at        timestamptz NOT NULL,
    account   text        NOT NULL,
    role      text        NOT NULL,
    scope     text        NOT NULL,
    origin    text        NOT NULL,
    source    text        NOT NULL,
    action    text        NOT NULL,
    arguments text        NOT NULL,
    target    text        NOT NULL,
    result    text        NOT NULL,
    ends      bigint,
    before    text        NOT NULL,
    after     text        NOT NULL,
    hash      text        NOT NULL
);
CREATE INDEX ON audit (ends);
CREATE INDEX ON audit (at);
COMMENT ON COLUMN audit.ends IS 'the number of the row that was the beginning of what this row is the end of';
