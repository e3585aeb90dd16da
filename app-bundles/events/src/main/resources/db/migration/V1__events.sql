-- Alarms and single events of any number of platforms. An alarm that is told again while it is active is one row.
CREATE TABLE event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('ALARM', 'EVENT')),
    severity smallint NOT NULL CHECK (severity BETWEEN 0 AND 2),
    code text NOT NULL,
    host text NOT NULL,
    serial text NOT NULL,
    source text NOT NULL,
    text text NOT NULL,
    details text NOT NULL,
    first timestamptz NOT NULL,
    last timestamptz NOT NULL,
    count bigint NOT NULL DEFAULT 1,
    cleared timestamptz,
    acknowledged timestamptz,
    acknowledged_by text,
    CHECK ((acknowledged IS NULL) = (acknowledged_by IS NULL))
);
CREATE UNIQUE INDEX event_active ON event (serial, host, source, code) WHERE kind = 'ALARM' AND cleared IS NULL;
CREATE INDEX event_last ON event (last);
COMMENT ON COLUMN event.severity IS '0 minor, 1 indeterminate, 2 major';
