-- The password that an instance had before, which is accepted for a while.
ALTER TABLE instance ADD COLUMN former_password text;
ALTER TABLE instance ADD COLUMN former_password_until timestamptz;
COMMENT ON COLUMN instance.former_password IS 'sealed; null when there is none';
