-- Which database server an instance's database is on. Until now there was only the platform's own.
ALTER TABLE instance ADD COLUMN server text NOT NULL DEFAULT 'embedded';
ALTER TABLE instance ALTER COLUMN server DROP DEFAULT;

-- Instances whose databases are being moved. A start that finds a row here looks which server the instance is on: when it is
-- the new one the former database is kept until then, else the copy is removed.
CREATE TABLE relocation (
    domain text        NOT NULL,
    name   text        NOT NULL,
    source text        NOT NULL,
    target text        NOT NULL,
    until  timestamptz NOT NULL,
    PRIMARY KEY (domain, name),
    FOREIGN KEY (domain, name) REFERENCES instance ON UPDATE CASCADE ON DELETE CASCADE
);
