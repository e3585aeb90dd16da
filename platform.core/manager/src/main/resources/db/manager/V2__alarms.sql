-- What somebody should act on, and what is over.
CREATE TABLE alarm (
    source   text        NOT NULL,
    code     text        NOT NULL,
    first    timestamptz NOT NULL,
    severity text        NOT NULL,
    text     text        NOT NULL,
    fix      text        NOT NULL,
    last     timestamptz NOT NULL,
    count    bigint      NOT NULL,
    cleared  timestamptz,
    PRIMARY KEY (source, code, first)
);
CREATE INDEX alarm_cleared ON alarm (cleared);
COMMENT ON COLUMN alarm.cleared IS 'since when it is over; null while it is active';
