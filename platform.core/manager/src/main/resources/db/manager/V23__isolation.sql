-- Where a service runs, and what its process may take.
ALTER TABLE service ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY UNIQUE;
ALTER TABLE service ADD COLUMN isolation text NOT NULL DEFAULT 'BUNDLE' CHECK (isolation IN ('BUNDLE', 'PROCESS'));
ALTER TABLE service ADD COLUMN heap_megabytes integer NOT NULL DEFAULT 256;
ALTER TABLE service ADD COLUMN files integer NOT NULL DEFAULT 4096;
COMMENT ON COLUMN service.number IS 'the user that its process runs as follows from it';
