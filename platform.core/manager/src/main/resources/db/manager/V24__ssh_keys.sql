-- By which a user may log in over SSH.
CREATE TABLE ssh_key (
    account     text        NOT NULL REFERENCES account ON DELETE CASCADE,
    fingerprint text        NOT NULL,
    line        text        NOT NULL,
    added       timestamptz NOT NULL,
    PRIMARY KEY (account, fingerprint)
);
COMMENT ON COLUMN ssh_key.line IS 'the public key as in authorized_keys of OpenSSH';
