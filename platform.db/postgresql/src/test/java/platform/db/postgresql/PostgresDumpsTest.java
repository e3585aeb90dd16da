package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Dump;
import platform.db.api.SpareDatabases;

/** Dumps and spare databases on a real server, with PostgreSQL's own tools. */
class PostgresDumpsTest {

    /** What a dump may stumble over. */
    private static final String WORLD = """
            CREATE EXTENSION hstore;
            CREATE EXTENSION pg_trgm;
            CREATE SCHEMA "od;d ""name";
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE TABLE customer (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, age positive,
                mood mood DEFAULT 'good', tags hstore, upper_name text GENERATED ALWAYS AS (upper(name)) STORED);
            CREATE INDEX ON customer USING gin (name gin_trgm_ops);
            INSERT INTO customer (name, age, tags) SELECT 'n' || i || E'\\\\ \\n \\t é', i, hstore('k', i::text)
                FROM generate_series(1, 2000) i;
            CREATE TABLE event (at date NOT NULL, what text) PARTITION BY RANGE (at);
            CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE event_rest PARTITION OF event DEFAULT;
            INSERT INTO event SELECT date '2025-06-01' + i, i::text FROM generate_series(1, 400) i;
            CREATE TABLE parent (a int);
            CREATE TABLE child (b int) INHERITS (parent);
            INSERT INTO parent VALUES (1);
            INSERT INTO child VALUES (2, 3), (4, 5);
            CREATE TABLE "od;d ""name"."t'able" (secret text, owner text DEFAULT current_user);
            INSERT INTO "od;d ""name"."t'able" VALUES ('seen'), ('hidden');
            ALTER TABLE "od;d ""name"."t'able" ENABLE ROW LEVEL SECURITY;
            ALTER TABLE "od;d ""name"."t'able" FORCE ROW LEVEL SECURITY;
            DO $$ BEGIN EXECUTE format('CREATE POLICY seen ON "od;d ""name"."t''able" TO %I USING (secret = ''seen'')',
                current_user); END $$;
            CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i + 1';
            REVOKE ALL ON FUNCTION f(int) FROM PUBLIC;
            CREATE INDEX by_f ON parent (f(a));
            CREATE VIEW grown AS SELECT * FROM customer WHERE age > 18;
            CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) FROM customer GROUP BY mood;
            CREATE MATERIALIZED VIEW seen AS SELECT secret FROM "od;d ""name"."t'able";
            CREATE MATERIALIZED VIEW later AS SELECT 1 WITH NO DATA;
            CREATE TABLE task (state varchar(5) CHECK (state IN ('open', 'done')), text text);
            INSERT INTO task VALUES ('open', '-- Name: not a header'), ('done', 'SELECT');
            CREATE UNLOGGED TABLE scratch (x bytea);
            INSERT INTO scratch VALUES ('\\x00ff'), (NULL);
            CREATE FUNCTION trigger_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.b = 7; RETURN NEW; END';
            CREATE TRIGGER t BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION trigger_f();
            SELECT lo_from_bytea(4711, '\\xdeadbeef00'::bytea);
            SELECT lo_from_bytea(4712, convert_to(repeat('large ', 100000), 'UTF8'));
            """;

    private final Sessions sessions = TestPostgres.sessions();
    private final PostgresDumps dumps = new PostgresDumps(sessions, ClientTools.of(sessions.server()));
    private final PostgresSpares spares = new PostgresSpares(sessions, () -> 1L << 40);

    @AfterEach
    void nothingIsLeft() {
        List<String> left = sessions.administer(
                "list",
                connection -> Rows.list(
                        connection,
                        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'platform session %'",
                        row -> row.getString(1)));
        assertThat(left).isEmpty();
        sessions.administer(
                        "list",
                        connection -> Rows.list(
                                connection,
                                "SELECT datname FROM pg_database WHERE datname LIKE 'platform %'",
                                row -> row.getString(1)))
                .forEach(spares::drop);
    }

    private static DatabaseSpec world() {
        DatabaseSpec spec = TestPostgres.newDatabase();
        execute(spec, WORLD);
        return spec;
    }

    private static void execute(DatabaseSpec spec, String sql) {
        try (Database database = TestPostgres.databases().open(spec);
                Connection connection = database.dataSource().getConnection()) {
            Rows.execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SQL that the driver cannot take apart, for it has functions whose bodies are no texts. */
    private static void executeAtOnce(DatabaseSpec spec, String sql) {
        PGSimpleDataSource source = (PGSimpleDataSource)
                new Login(TestPostgres.port(), spec.database(), spec.role(), spec.password()).dataSource();
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        try (Connection connection = source.getConnection()) {
            Rows.execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(DatabaseSpec spec, String sql) {
        try (Database database = TestPostgres.databases().open(spec);
                Connection connection = database.dataSource().getConnection()) {
            return Rows.first(connection, sql, row -> row.getString(1)).orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] dump(String database) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Dump dump = dumps.begin(database)) {
            dump.writeTo(out);
        }
        return out.toByteArray();
    }

    @Test
    void whatIsDumpedIsOneMomentAndRestoresToTheSame() throws IOException {
        DatabaseSpec spec = world();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, Long> rows;
        try (Dump dump = dumps.begin(spec.database())) {
            execute(spec, "DELETE FROM customer WHERE id > 10; INSERT INTO event VALUES ('2025-02-01', 'too late')");
            assertThat(dump.info().role()).isEqualTo(spec.role());
            assertThat(dump.info().bytes()).isPositive();
            assertThat(dump.info().schemaVersion()).isEmpty();
            rows = dump.writeTo(out);
        }

        assertThat(rows)
                .containsEntry("public.customer", 2000L)
                .containsEntry("public.event_2025", 213L)
                .containsEntry("public.event_rest", 187L)
                .containsEntry("public.parent", 1L)
                .containsEntry("public.child", 2L)
                .containsEntry("od;d \"name.t'able", 2L)
                .containsEntry("public.moods", 1L)
                .containsEntry("public.seen", 1L)
                .containsEntry("public.scratch", 2L)
                .doesNotContainKeys("public.event", "public.later");
        String spare = spares.create(spec.role());
        dumps.restore(spare, spec.role(), new ByteArrayInputStream(out.toByteArray()));
        assertThat(dumps.rows(spare)).isEqualTo(rows);
        assertThat(dumps.checksum(spare))
                .isEqualTo(dumps.checksum(new ByteArrayInputStream(out.toByteArray())))
                .isNotEqualTo(dumps.checksum(spec.database()));
        DatabaseSpec restored = new DatabaseSpec(spare, spec.role(), spec.password());
        assertThat(value(restored, "SELECT count(*) FROM \"od;d \"\"name\".\"t'able\""))
                .isEqualTo("1");
        assertThat(value(
                        restored,
                        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                + " WHERE nspname = 'public' AND pg_get_userbyid(relowner) <> current_user"))
                .isEqualTo("0");
        assertThat(value(restored, "SELECT has_function_privilege('public', 'f(int)', 'execute')::text"))
                .isEqualTo("false");
    }

    /** The trusted ones of PostgreSQL's own extensions, which an instance may create. */
    private static final List<String> TRUSTED = List.of(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "dict_int",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "lo",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "seg",
            "tablefunc",
            "tcn",
            "unaccent");

    /** The server's own SQL for the schema that the SQL standard asks for: domains, functions, tables and some sixty views. */
    @Test
    void aDatabaseThatNobodyHereMadeIsTheSameAfterwards() throws IOException {
        DatabaseSpec spec = TestPostgres.newDatabase();
        Path share = TestPostgres.server().cluster().binaries().home().resolve("share/postgresql");
        executeAtOnce(
                spec,
                Files.readString(share.resolve("information_schema.sql")).replace("information_schema", "standard"));
        execute(
                spec,
                TRUSTED.stream()
                        .map(it -> "CREATE SCHEMA of_" + it + "; CREATE EXTENSION " + it + " SCHEMA of_" + it + ";")
                        .collect(Collectors.joining()));
        execute(
                spec,
                "DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE format('CREATE TABLE many_%s (id serial PRIMARY KEY)', i);"
                        + " END LOOP; END $$");

        String spare = spares.create(spec.role());
        dumps.restore(spare, spec.role(), new ByteArrayInputStream(dump(spec.database())));

        assertThat(dumps.checksum(spare)).isEqualTo(dumps.checksum(spec.database()));
        assertThat(dumps.rows(spare)).isEqualTo(dumps.rows(spec.database())).hasSizeGreaterThan(100);
        DatabaseSpec restored = new DatabaseSpec(spare, spec.role(), spec.password());
        assertThat(Integer.parseInt(value(restored, "SELECT count(*)::text FROM standard.views")))
                .isGreaterThan(50);
    }

    @Test
    void whatIsMissingOrOtherHasAnotherChecksum() {
        DatabaseSpec spec = world();
        String before = dumps.checksum(spec.database());
        for (String change : List.of(
                "UPDATE task SET text = '-- Name: another' WHERE state = 'open'",
                "DROP INDEX by_f",
                "SELECT nextval('customer_id_seq')",
                "SELECT lo_put(4711, 0, '\\x00')",
                "ALTER TABLE task RENAME TO job")) {
            execute(spec, change);
            String after = dumps.checksum(spec.database());
            assertThat(after).as(change).isNotEqualTo(before);
            before = after;
        }
    }

    @Test
    void anotherRoleGetsAllOfItAndNothingDependsOnTheFormerOne() throws IOException {
        DatabaseSpec spec = world();
        byte[] dump = dump(spec.database());
        DatabaseSpec other = TestPostgres.newDatabase();
        DatabaseSpec third = TestPostgres.newDatabase();

        dumps.restore(other.database(), spec.role(), new ByteArrayInputStream(dump));
        TestPostgres.databases().dropDatabase(spec.database());
        TestPostgres.databases().dropRole(spec.role());
        dumps.restore(third.database(), spec.role(), new ByteArrayInputStream(dump));

        for (DatabaseSpec each : List.of(other, third)) {
            assertThat(value(each, "SELECT roles[1]::text FROM pg_policies")).isEqualTo(each.role());
            assertThat(value(each, "SELECT count(*)::text FROM \"od;d \"\"name\".\"t'able\""))
                    .isEqualTo("1");
        }
        assertThat(TestPostgres.databases().roles()).doesNotContain(spec.role());
    }

    @Test
    void aDumpThatBreaksOffOrIsNoneFails() throws IOException {
        DatabaseSpec spec = world();
        byte[] dump = dump(spec.database());
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(dump, 0, dump.length / 2), new InputStream() {
                    @Override
                    public int read() {
                        throw new IllegalStateException("a bit has changed");
                    }
                });
        assertThatThrownBy(() -> dumps.restore(spares.create(spec.role()), spec.role(), broken))
                .hasMessage("a bit has changed");
        assertThatThrownBy(() -> dumps.restore(
                        spares.create(spec.role()),
                        spec.role(),
                        new ByteArrayInputStream("no dump at all".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("pg_restore failed");
        assertThatThrownBy(() -> dumps.restore(spec.database(), spec.role(), new ByteArrayInputStream(dump)))
                .hasMessageContaining("already exists");
    }

    @Test
    void aRestoreHasNoMoreRightsThanTheInstanceItself() throws IOException {
        DatabaseSpec spec = TestPostgres.newDatabase();
        // Runs while the index is made anew, with the rights of whoever restores.
        execute(spec, """
                CREATE TABLE t (a int);
                INSERT INTO t VALUES (1);
                CREATE FUNCTION f(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
                  IF current_setting('is_superuser') = 'on' OR session_user = 'postgres' THEN
                    RAISE EXCEPTION 'far too many rights'; END IF; RETURN i; END $$;
                CREATE INDEX ON t (f(a));
                """);

        String spare = spares.create(spec.role());
        dumps.restore(spare, spec.role(), new ByteArrayInputStream(dump(spec.database())));

        assertThat(dumps.rows(spare)).containsEntry("public.t", 1L);
    }

    @Test
    void aSpareDatabaseTakesThePlaceOfAnotherWhichIsKeptForAWhile() throws SQLException {
        DatabaseSpec spec = TestPostgres.newDatabase();
        execute(spec, "CREATE TABLE old (n int)");
        String spare = spares.create(spec.role());
        execute(new DatabaseSpec(spare, spec.role(), spec.password()), "CREATE TABLE fresh (n int)");
        Instant until = Instant.parse("2026-11-28T08:00:00Z");
        String kept = spares.keptName(until);

        try (Connection held = new Login(TestPostgres.port(), spec.database(), spec.role(), spec.password())
                .dataSource()
                .getConnection()) {
            spares.replace(spec.database(), spare, kept);
            assertThat(held.isValid(1)).isFalse();
        }

        assertThat(value(spec, "SELECT to_regclass('fresh') IS NOT NULL")).isEqualTo("t");
        assertThat(spares.exists(spare)).isFalse();
        assertThat(spares.kept()).containsExactly(kept);
        assertThat(value(new DatabaseSpec(kept, spec.role(), spec.password()), "SELECT to_regclass('old') IS NOT NULL"))
                .isEqualTo("t");
        assertThatThrownBy(() -> spares.replace(spec.database(), SpareDatabases.SPARE + "none", spares.keptName(until)))
                .hasMessageContaining("does not exist");
        assertThat(value(spec, "SELECT to_regclass('fresh') IS NOT NULL")).isEqualTo("t");

        spares.dropExpired(until.minusSeconds(1));
        assertThat(spares.kept()).containsExactly(kept);
        spares.dropExpired(until);
        assertThat(spares.kept()).isEmpty();
    }

    @Test
    void whatStandsBesideADatabaseGoesWithItsRoleOrWithTheNextStart() {
        DatabaseSpec spec = TestPostgres.newDatabase();
        String spare = spares.create(spec.role());
        new PostgresSpares(sessions, () -> 1);
        assertThat(spares.exists(spare)).isFalse();

        String second = spares.create(spec.role());
        TestPostgres.databases().dropDatabase(spec.database());
        TestPostgres.databases().dropRole(spec.role());
        assertThat(spares.exists(second)).isFalse();
        assertThatThrownBy(() -> spares.drop("postgres")).hasMessageContaining("neither a spare nor a kept one");
    }

    @Test
    void theToolsOfTheServersVersionAreTakenAndOlderOnesRefused(@TempDir Path homes) throws IOException {
        for (String version : List.of("13", "15", "17")) {
            Path tool = Files.createDirectories(homes.resolve(version).resolve("bin"))
                    .resolve("pg_tool");
            Files.writeString(tool, "#!/bin/sh\necho 'pg_tool (PostgreSQL) " + version + ".2'\n");
            Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        assertThat(new ClientTools(List.of(homes), List.of(), () -> 15).find("pg_tool"))
                .isEqualTo(homes + "/15/bin/pg_tool");
        assertThat(new ClientTools(List.of(homes), List.of(), () -> 14).find("pg_tool"))
                .isEqualTo(homes + "/15/bin/pg_tool");
        assertThatThrownBy(() -> new ClientTools(List.of(homes), List.of(), () -> 18).find("pg_tool"))
                .hasMessageContaining("too old for PostgreSQL 18")
                .hasMessageContaining("apt-get install postgresql-client");
        assertThatThrownBy(() -> new ClientTools(List.of(), List.of(), () -> 18).find("pg_nothing"))
                .hasMessageContaining("has no pg_nothing");
    }
}
