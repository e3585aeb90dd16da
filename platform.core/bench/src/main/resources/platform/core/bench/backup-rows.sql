INSERT INTO customer (name, mail, street, city, since, balance, active)
    SELECT initcap(word(i % 997)) || ' ' || initcap(word(i * 7 % 991)), word(i % 997) || i || '@example' || i % 50 || '.com',
        initcap(word(i * 3 % 983)) || 'weg ' || i % 120, initcap(word(i % 200)),
        timestamptz '2020-01-01' + i * interval '7 minutes', (random() * 1000)::numeric(12, 2), i % 7 <> 0
    FROM generate_series(1, 10000) i;
INSERT INTO call (customer, at, kind, detail)
    SELECT (random() * 10000)::int, timestamptz '2026-01-01' + i * interval '11 seconds',
        (ARRAY['in', 'out', 'missed', 'internal'])[1 + (random() * 3)::int],
        jsonb_build_object('seconds', (random() * random() * 900)::int, 'from', '+49 711 ' || 730000 + (random() * 9999)::int,
            'to', '+49 30 ' || 120000 + (random() * 9999)::int, 'codec', (ARRAY['opus', 'g711', 'g722'])[1 + (random() * 2)::int],
            'recorded', random() < 0.05)
    FROM generate_series(1, 50000) i;
INSERT INTO note (customer, text)
    SELECT i, (SELECT string_agg(word((random() * random() * random() * 999)::int), ' ')
        FROM generate_series(1, 20 + i % 100) WHERE i > 0)
    FROM generate_series(1, 10000) i;
