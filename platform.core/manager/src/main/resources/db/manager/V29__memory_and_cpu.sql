-- What the process of a service may take of the machine; 0 for no limit.
ALTER TABLE service ADD COLUMN memory_megabytes integer NOT NULL DEFAULT 0;
ALTER TABLE service ADD COLUMN cpu_percent integer NOT NULL DEFAULT 0;
