-- What a database of PostgreSQL's can have, so far as its owner may make it, with names that nobody would choose.
CREATE SCHEMA "od;d ""schema";
CREATE SCHEMA empty;
CREATE EXTENSION hstore SCHEMA "od;d ""schema";
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION ltree;

CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "fine"');
CREATE TYPE place AS (x numeric(8, 3), y numeric(8, 3), "la bel" text);
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE DOMAIN positive AS integer DEFAULT 1 CONSTRAINT "above zero" CHECK (VALUE > 0);
CREATE COLLATION german (provider = icu, locale = 'de-u-co-phonebk');
CREATE SEQUENCE odd AS smallint INCREMENT -7 MINVALUE -32000 MAXVALUE 10 START 3 CACHE 3 CYCLE;
SELECT nextval('odd'), nextval('odd');

CREATE FUNCTION twice(n int, OUT result int) LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN n * 2;
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN NEW.at := '2026-01-01'; RETURN NEW; END $body$;
CREATE FUNCTION later(mood, mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2';
CREATE PROCEDURE nothing(INOUT n int) LANGUAGE plpgsql AS $$ BEGIN n := n; END $$;
CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE OPERATOR |>| (LEFTARG = mood, RIGHTARG = mood, FUNCTION = later);
CREATE CAST (place AS text) WITH INOUT AS ASSIGNMENT;

CREATE TABLE "od;d ""schema"."t'able; DROP" (
    id bigint GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 5) PRIMARY KEY,
    "SELECT" citext UNIQUE NULLS NOT DISTINCT,
    mood mood DEFAULT 'ok',
    place place,
    number positive,
    doubled int GENERATED ALWAYS AS (number * 2) STORED,
    tags "od;d ""schema".hstore,
    path ltree,
    bytes bytea,
    document xml,
    json jsonb,
    many int[][],
    at timestamptz,
    during tstzrange,
    inside span,
    address inet,
    bits bit varying(17),
    search tsvector,
    point point,
    EXCLUDE USING gist (during WITH &&)
) WITH (fillfactor = 70, autovacuum_enabled = false);
ALTER TABLE "od;d ""schema"."t'able; DROP" ALTER bytes SET STORAGE EXTERNAL, ALTER json SET COMPRESSION pglz, ALTER number SET STATISTICS 500;
CREATE TRIGGER touch BEFORE INSERT ON "od;d ""schema"."t'able; DROP" FOR EACH ROW EXECUTE FUNCTION touched();
CREATE TRIGGER never BEFORE UPDATE OF number ON "od;d ""schema"."t'able; DROP" FOR EACH ROW WHEN (NEW.number > 3) EXECUTE FUNCTION touched();
ALTER TABLE "od;d ""schema"."t'able; DROP" DISABLE TRIGGER never;
CREATE INDEX ON "od;d ""schema"."t'able; DROP" USING gin (search) WITH (fastupdate = off);
CREATE INDEX ON "od;d ""schema"."t'able; DROP" USING gist (("SELECT"::text) gist_trgm_ops);
CREATE INDEX "part of it" ON "od;d ""schema"."t'able; DROP" (lower("SELECT"::text) COLLATE german DESC NULLS LAST) INCLUDE (number) WHERE number > 2;
CREATE STATISTICS together (dependencies, mcv) ON number, mood FROM "od;d ""schema"."t'able; DROP";
COMMENT ON COLUMN "od;d ""schema"."t'able; DROP".number IS E'a line\nand \\. another with ''quotes''';
INSERT INTO "od;d ""schema"."t'able; DROP" ("SELECT", mood, place, number, tags, path, bytes, document, json, many, during, inside, address, bits, search, point)
    SELECT CASE WHEN i > 1 THEN E'\\N\t\\.\n' || i || chr(8364) || chr(128512) END, 'sad', ROW(i, -i, NULL)::place, i, 'a=>"1,2",b=>NULL', 'top.deep',
        decode(repeat(lpad(to_hex(i), 8, '0'), 5000), 'hex'), '<a>&amp;</a>', '{"k": [1e-7, null]}', '{{1,NULL},{3,4}}',
        tstzrange('2026-01-01'::timestamptz + i * interval '1 day', '2026-01-01'::timestamptz + (i + 1) * interval '1 day'),
        span(i, i + 0.1), '10.0.0.0/8', B'10110', to_tsvector('german', 'die Häuser der Stadt'), point(i, 'NaN')
    FROM generate_series(1, 200) i;

CREATE TABLE event (at date NOT NULL, kind text, what text) PARTITION BY RANGE (at);
CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (kind);
CREATE TABLE event_2025_a PARTITION OF event_2025 FOR VALUES IN ('a', NULL);
CREATE TABLE event_2025_rest PARTITION OF event_2025 DEFAULT;
CREATE TABLE event_rest PARTITION OF event DEFAULT;
CREATE INDEX ON event (at, kind);
INSERT INTO event SELECT date '2024-06-01' + i, CASE i % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'b' END, 'event ' || i FROM generate_series(1, 1000) i;
CREATE TABLE hashed (id int) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO hashed SELECT generate_series(1, 1000);

CREATE TABLE parent (id int PRIMARY KEY, best int);
CREATE TABLE child (extra text NOT NULL) INHERITS (parent);
CREATE TABLE loop (id int PRIMARY KEY, next int REFERENCES loop DEFERRABLE INITIALLY DEFERRED, parent int REFERENCES parent ON DELETE SET NULL);
ALTER TABLE parent ADD CONSTRAINT circle FOREIGN KEY (best) REFERENCES loop NOT VALID;
INSERT INTO parent VALUES (1, NULL);
INSERT INTO child VALUES (2, 99, 'of the child');
INSERT INTO loop VALUES (1, 2, 1), (2, 1, NULL);

CREATE TABLE secret (owner name DEFAULT current_user, text text);
INSERT INTO secret SELECT 'somebody else', 'not for the owner ' || i FROM generate_series(1, 10) i;
ALTER TABLE secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE secret FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON secret AS PERMISSIVE FOR SELECT TO current_user USING (owner = current_user) ;
CREATE POLICY never ON secret AS RESTRICTIVE FOR DELETE USING (false);

CREATE VIEW "view of v" WITH (security_barrier) AS SELECT id, best FROM parent WHERE id > 0 WITH LOCAL CHECK OPTION;
CREATE RECURSIVE VIEW steps (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM steps WHERE n < 5;
CREATE RULE instead AS ON DELETE TO "view of v" DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW kinds AS SELECT kind, count(*) FROM event GROUP BY kind ORDER BY kind;
CREATE UNIQUE INDEX ON kinds (kind);
CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA;
CREATE UNLOGGED TABLE scratch (id serial, note text COLLATE "C");
INSERT INTO scratch (note) VALUES ('kept'), (NULL), ('');
CREATE TABLE "no columns" ();
CREATE TEXT SEARCH CONFIGURATION mine (COPY = german);
REVOKE EXECUTE ON FUNCTION twice FROM PUBLIC;
GRANT SELECT (id) ON parent TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA empty GRANT SELECT ON TABLES TO PUBLIC;
SELECT lo_from_bytea(0, decode(repeat('c0ffee', 100000), 'hex')) FROM generate_series(1, 5);
