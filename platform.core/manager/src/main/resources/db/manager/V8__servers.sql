-- Which database server an instance's database is on. Until now there was only the platform's own.
ALTER TABLE instance ADD COLUMN server text NOT NULL DEFAULT 'embedded';
ALTER TABLE instance ALTER COLUMN server DROP DEFAULT;
