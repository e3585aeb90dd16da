-- Made up data of a telephone company: customers, their calls as JSON, and notes in words that come as often as words do.
CREATE TABLE customer (id bigserial PRIMARY KEY, name text, mail text, street text, city text, since timestamptz,
    balance numeric(12, 2), active boolean);
CREATE TABLE call (id bigserial PRIMARY KEY, customer bigint, at timestamptz, kind text, detail jsonb);
CREATE TABLE note (id bigserial PRIMARY KEY, customer bigint, text text);
CREATE INDEX ON customer (mail);
CREATE INDEX ON call (customer);
CREATE INDEX ON call (at);
CREATE FUNCTION word(n int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['ka', 'lo', 'mi', 'ren', 'sta', 'tu', 'ver', 'wo', 'ber', 'den'])[1 + n % 10]
        || (ARRAY['n', 'ter', 'ling', '', 'sch', 'e', 'ig', 'r', 'heit', 'ung'])[1 + n / 10 % 10]
        || (ARRAY['', 'en', 's', 'bar', '', 'te', '', 'los', 'er', ''])[1 + n / 100 % 10]
$$;
