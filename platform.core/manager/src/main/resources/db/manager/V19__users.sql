-- Who may log in. The administrator of the file secrets/admin becomes the first of them at the next start.
CREATE TABLE account (
    name             text        PRIMARY KEY,
    role             text        NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    scope            text        NOT NULL,
    password         text        NOT NULL,
    totp             text,
    enabled          boolean     NOT NULL,
    created          timestamptz NOT NULL,
    password_changed timestamptz NOT NULL
);
COMMENT ON COLUMN account.password IS 'a slow salted hash, with its algorithm and parameters';
COMMENT ON COLUMN account.totp IS 'the secret of the second factor, sealed';

-- What programs log in with.
CREATE TABLE token (
    name    text        PRIMARY KEY,
    account text        NOT NULL REFERENCES account ON DELETE CASCADE,
    role    text        NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    scope   text        NOT NULL,
    sha256  text        NOT NULL UNIQUE,
    created timestamptz NOT NULL,
    expires timestamptz NOT NULL
);
