-- Why an alarm is, who deals with it, and its fix word by word, so that nothing has to take a command apart.
ALTER TABLE alarm ADD COLUMN cause text NOT NULL DEFAULT '';
ALTER TABLE alarm ADD COLUMN acknowledged timestamptz;
ALTER TABLE alarm ADD COLUMN acknowledged_by text;
ALTER TABLE alarm ADD CHECK ((acknowledged IS NULL) = (acknowledged_by IS NULL));
ALTER TABLE alarm ALTER COLUMN fix TYPE text[]
    USING CASE WHEN fix = '' THEN '{}'::text[] ELSE regexp_split_to_array(fix, '\s+') END;
COMMENT ON COLUMN alarm.fix IS 'a shell command, word by word; empty for none';
