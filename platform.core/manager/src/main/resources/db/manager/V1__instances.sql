-- What the manager knows. A row whose phase is not 'ready' is work that was cut off: the next start undoes it.
CREATE TABLE instance (
    domain            text        NOT NULL,
    name              text        NOT NULL,
    app               text        NOT NULL,
    path              text        NOT NULL UNIQUE,
    database          text        NOT NULL UNIQUE,
    password          text        NOT NULL,
    database_password text        NOT NULL,
    wanted            boolean     NOT NULL DEFAULT true,
    phase             text        NOT NULL CHECK (phase IN ('creating', 'ready', 'deleting')),
    created           timestamptz NOT NULL,
    PRIMARY KEY (domain, name)
);
COMMENT ON COLUMN instance.password IS 'sealed with the key file of the platform';
COMMENT ON COLUMN instance.database_password IS 'sealed with the key file of the platform';
COMMENT ON COLUMN instance.wanted IS 'whether an administrator wants it to run';

CREATE TABLE setting (
    domain text NOT NULL,
    name   text NOT NULL,
    key    text NOT NULL,
    value  text NOT NULL,
    PRIMARY KEY (domain, name, key),
    FOREIGN KEY (domain, name) REFERENCES instance ON DELETE CASCADE
);

CREATE TABLE service (
    name   text    PRIMARY KEY,
    wanted boolean NOT NULL
);
COMMENT ON COLUMN service.wanted IS 'whether an administrator wants it to run; a service without a row is wanted';
