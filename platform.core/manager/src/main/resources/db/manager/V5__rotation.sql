-- A new password of the database's role that may or may not have reached the server yet: the next start sees to it.
ALTER TABLE instance ADD COLUMN next_database_password text;
COMMENT ON COLUMN instance.next_database_password IS 'sealed; null when no change is under way';
