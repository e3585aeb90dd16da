ALTER TABLE instance ADD COLUMN host text UNIQUE;
COMMENT ON COLUMN instance.host IS 'a host name of its own, besides its path';

CREATE TABLE former_path (
    path   text        PRIMARY KEY,
    domain text        NOT NULL,
    name   text        NOT NULL,
    until  timestamptz NOT NULL,
    FOREIGN KEY (domain, name) REFERENCES instance ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE former_path IS 'paths that redirect to the one that an instance has now, until their time';
