-- The limits that were set for an instance. A kind without a row has the platform's default.
CREATE TABLE quota (
    domain text   NOT NULL,
    name   text   NOT NULL,
    kind   text   NOT NULL,
    most   bigint CHECK (most > 0),
    PRIMARY KEY (domain, name, kind),
    FOREIGN KEY (domain, name) REFERENCES instance ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON COLUMN quota.kind IS 'as platform.core.api.QuotaKind has it, in lower case';
COMMENT ON COLUMN quota.most IS 'in the unit of the kind: a number, milliseconds or bytes; null when there is no limit';
