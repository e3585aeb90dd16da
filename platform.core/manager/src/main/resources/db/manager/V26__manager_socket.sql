-- By what installers log in to the manager's socket; there is no row while it is off.
CREATE TABLE manager_socket (
    single   boolean PRIMARY KEY DEFAULT true CHECK (single),
    password text    NOT NULL
);
COMMENT ON COLUMN manager_socket.password IS 'sealed: the digest of a login needs the clear text';
