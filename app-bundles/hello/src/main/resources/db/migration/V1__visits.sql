CREATE TABLE visits (count bigint NOT NULL);
INSERT INTO visits VALUES (0);
