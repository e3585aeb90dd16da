-- When which backup of an instance was last proved: restored into a database of its own and found to be whole.
CREATE TABLE proof (
    domain text        NOT NULL,
    name   text        NOT NULL,
    made   timestamptz NOT NULL,
    proved timestamptz NOT NULL,
    PRIMARY KEY (domain, name, made),
    FOREIGN KEY (domain, name) REFERENCES instance ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON COLUMN proof.made IS 'when the backup was made';
