-- Instances that are getting another database and other settings. The former database is renamed to 'kept' in the one
-- transaction on the server that puts the new one in its place: a start that finds a row here looks whether it is there.
CREATE TABLE restoration (
    domain text NOT NULL,
    name   text NOT NULL,
    kept   text NOT NULL,
    PRIMARY KEY (domain, name),
    FOREIGN KEY (domain, name) REFERENCES instance ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE TABLE restored_setting (
    domain text NOT NULL,
    name   text NOT NULL,
    key    text NOT NULL,
    value  text NOT NULL,
    PRIMARY KEY (domain, name, key),
    FOREIGN KEY (domain, name) REFERENCES restoration ON UPDATE CASCADE ON DELETE CASCADE
);
