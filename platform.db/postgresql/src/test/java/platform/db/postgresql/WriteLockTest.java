package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;
import platform.db.api.DatabaseSpec;
import platform.db.postgresql.WriteLock.Cause;

/** What the owner of a closed database can do still, and what it tries in vain. */
class WriteLockTest {

    private static final String FULL = "53100";
    private static final String REASON = "The database is 'full' \\ at its limit";

    private static final WriteLock LOCK = new WriteLock(TestPostgres.sessions());
    private static final DatabaseSpec CLOSED = TestPostgres.newDatabase();
    private Connection mine;

    @BeforeAll
    static void close() throws SQLException {
        try (Connection owner = connect(CLOSED)) {
            execute(
                    owner,
                    "CREATE TABLE t (n int PRIMARY KEY, text text)",
                    "INSERT INTO t SELECT n, 'x' FROM generate_series(1, 100) AS n",
                    "CREATE TABLE child (n int) INHERITS (t)",
                    "CREATE TABLE part (n int) PARTITION BY RANGE (n)",
                    "CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (1000)",
                    "CREATE UNLOGGED TABLE \"odd \"\" name\" (n int)",
                    "CREATE VIEW v AS SELECT * FROM t",
                    "CREATE TABLE log (n int)",
                    "CREATE MATERIALIZED VIEW m AS SELECT * FROM t",
                    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN INSERT INTO log VALUES (1); RETURN NULL; END'",
                    "CREATE TABLE noted (n int)",
                    "INSERT INTO noted VALUES (1)",
                    "CREATE TRIGGER aaa AFTER DELETE ON noted FOR EACH STATEMENT EXECUTE FUNCTION note()",
                    "CREATE FUNCTION plan() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS"
                            + " 'BEGIN INSERT INTO t VALUES (5000); END'",
                    // Names that would mean something else in the lock's functions, if they looked there.
                    "CREATE FUNCTION public.yes(text, text) RETURNS bool LANGUAGE sql AS 'SELECT true'",
                    "CREATE OPERATOR public.~~ (LEFTARG = text, RIGHTARG = text, FUNCTION = public.yes)",
                    "SELECT lo_from_bytea(4711, 'treasure')",
                    // What the owner can set must not keep the lock out.
                    "ALTER DATABASE \"DB\" SET search_path = public, pg_catalog",
                    "ALTER DATABASE \"DB\" SET role = 'DB'",
                    "ALTER DATABASE \"DB\" SET default_transaction_read_only = on",
                    "ALTER DATABASE \"DB\" SET standard_conforming_strings = off",
                    "ALTER DATABASE \"DB\" SET statement_timeout = '1ms'");
        }
        LOCK.close(CLOSED.database(), Cause.QUOTA, REASON);
        LOCK.close(CLOSED.database(), Cause.QUOTA, REASON);
        // It would cut off the tests' own statements.
        TestPostgres.sessions().administer("lift a time-out", connection -> {
            execute(connection, "ALTER DATABASE \"DB\" RESET statement_timeout");
            return null;
        });
    }

    @AfterAll
    static void open() {
        assertThat(LOCK.open(CLOSED.database(), Cause.QUOTA)).isTrue();
    }

    @BeforeEach
    void log() throws SQLException {
        mine = connect(CLOSED);
        execute(mine, "SET statement_timeout = '10s'", "SET default_transaction_read_only = off");
        execute(mine, "SET search_path = public, pg_catalog");
    }

    @AfterEach
    void out() throws SQLException {
        mine.close();
    }

    private static Connection connect(DatabaseSpec spec) throws SQLException {
        return new Login(TestPostgres.port(), spec.database(), spec.role(), spec.password())
                .dataSource()
                .getConnection();
    }

    /** DB stands for the database and its role. */
    private static void execute(Connection connection, String... statements) throws SQLException {
        for (String sql : statements) {
            Rows.execute(connection, sql.replace("DB", CLOSED.database()));
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return Rows.first(connection, sql, row -> row.getString(1)).orElse(null);
    }

    private void fails(String state, String... statements) {
        assertThatThrownBy(() -> execute(mine, statements))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1000)",
                "INSERT INTO t VALUES (1) ON CONFLICT (n) DO UPDATE SET text = 'y'",
                "INSERT INTO t SELECT * FROM t",
                "UPDATE t SET text = repeat('x', 1000)",
                "UPDATE t SET text = 'y' WHERE false",
                "MERGE INTO t USING (SELECT 1 AS k) AS s ON n = k WHEN MATCHED THEN UPDATE SET text = 'y'",
                "WITH i AS (INSERT INTO t VALUES (1000) RETURNING n) SELECT * FROM i",
                "WITH d AS (DELETE FROM noted RETURNING n) INSERT INTO t SELECT 1000 FROM d",
                "INSERT INTO v VALUES (1000)",
                "UPDATE v SET text = 'y'",
                "INSERT INTO child VALUES (1000)",
                "INSERT INTO part VALUES (1)",
                "INSERT INTO part_1 VALUES (1)",
                "INSERT INTO \"odd \"\" name\" VALUES (1)",
                "DELETE FROM noted",
                "SELECT plan()",
                "PREPARE p AS INSERT INTO t VALUES (1000); EXECUTE p",
                "DO 'BEGIN INSERT INTO t VALUES (1000); END'",
                "EXPLAIN ANALYZE INSERT INTO t VALUES (1000)",
                "CREATE TABLE new (n int)",
                "CREATE TABLE new AS SELECT * FROM t",
                "SELECT * INTO new FROM t",
                "CREATE TEMP TABLE new (n int)",
                "CREATE TEMP TABLE new AS SELECT * FROM t",
                "CREATE UNLOGGED TABLE new (n int)",
                "CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (1000) TO (2000)",
                "CREATE MATERIALIZED VIEW new AS SELECT * FROM t",
                "REFRESH MATERIALIZED VIEW m",
                "CREATE INDEX ON t (text)",
                "CREATE SCHEMA new",
                "CREATE SCHEMA new CREATE TABLE t (n int)",
                "CREATE EXTENSION hstore",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING",
                "CREATE STATISTICS s ON n, text FROM t",
                "COMMENT ON TABLE t IS 'much'",
                "GRANT SELECT ON t TO PUBLIC",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
                "ALTER TABLE t ADD COLUMN more text DEFAULT 'much'",
                "ALTER TABLE t DISABLE TRIGGER ALL",
                "ALTER TABLE t DISABLE TRIGGER USER",
                "ALTER TABLE part DETACH PARTITION part_1",
                "ALTER VIEW v SET (security_barrier)",
                "ALTER INDEX t_pkey SET (fillfactor = 10)",
                "ALTER FUNCTION note() COST 1",
                "BEGIN; DROP TABLE IF EXISTS none; CREATE TABLE new (n int); COMMIT"
            })
    void whatMakesItLargerIsRefused(String sql) {
        assertThatThrownBy(() -> execute(mine, sql)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(FULL);
            assertThat(e.getMessage()).contains(REASON).contains("Delete rows");
        });
    }

    @Test
    void copyingIntoItIsRefused() {
        assertThatThrownBy(() -> mine.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY t FROM STDIN",
                                new ByteArrayInputStream("1000\tx\n".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(FULL));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            drop the event trigger           | DROP EVENT TRIGGER platform_write_lock                       | 42501
            take it out of its extension     | ALTER EXTENSION plpgsql DROP EVENT TRIGGER platform_write_lock | 53100
            switch the event trigger off     | ALTER EVENT TRIGGER platform_write_lock DISABLE              | 42501
            drop the extension               | DROP EXTENSION plpgsql CASCADE                               | 42501
            drop the trigger's function      | DROP FUNCTION pg_catalog.platform_refuse_rows() CASCADE      | 42501
            replace the trigger's function   | CREATE OR REPLACE FUNCTION pg_catalog.platform_refuse_rows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END' | 53100
            switch triggers off              | SET session_replication_role = replica                       | 42501
            switch triggers off for later    | ALTER ROLE CURRENT_USER SET session_replication_role = replica | 42501
            be counted a superuser           | SET is_superuser = on                                        | 55P02
            become one                       | SET SESSION AUTHORIZATION postgres                           | 42501
            leave the closed ones            | REVOKE platform_closed_quota FROM CURRENT_USER               | 42501
            change the catalog               | UPDATE pg_trigger SET tgenabled = 'D'                        | 42501
            make a large object              | SELECT lo_create(0)                                          | 42501
            make one the old way             | SELECT lo_creat(-1)                                          | 42501
            make one of bytes                | SELECT lo_from_bytea(0, 'x')                                 | 42501
            put bytes into one               | SELECT lo_put(4711, 100000, 'x')                             | 42501
            write into one                   | SELECT lowrite(lo_open(4711, 131072), 'x')                   | 42501
            extend one                       | SELECT lo_truncate(lo_open(4711, 131072), 1000000)           | 42501
            let itself write them            | GRANT EXECUTE ON FUNCTION lo_create(oid) TO CURRENT_USER     | 53100
            """)
    void theLockIsNotForItsOwner(String attempt, String sql, String state) {
        fails(state, sql);
    }

    @Test
    void itsTriggersCannotBeDropped() throws Exception {
        String trigger = one(mine, "SELECT tgname FROM pg_trigger WHERE tgrelid = 't'::regclass");
        assertThat(trigger).startsWith("platform_write_lock");
        fails(FULL, "DROP TRIGGER \"" + trigger + "\" ON t");
        fails(FULL, "ALTER TABLE t DISABLE TRIGGER \"" + trigger + "\"");
        fails(FULL, "ALTER TRIGGER \"" + trigger + "\" ON t RENAME TO x");
    }

    @Test
    void theDriversLargeObjectsAreRefusedToo() throws Exception {
        mine.setAutoCommit(false);
        LargeObjectManager objects = mine.unwrap(PGConnection.class).getLargeObjectAPI();
        try (LargeObject object = objects.open(4711L, LargeObjectManager.READ)) {
            assertThat(new String(object.read(100), StandardCharsets.UTF_8)).isEqualTo("treasure");
        }
        assertThatThrownBy(objects::createLO).isInstanceOf(SQLException.class);
        mine.rollback();
    }

    @Test
    void readingAndDeletingGoOn() throws Exception {
        assertThat(one(mine, "SELECT count(*) FROM t WHERE n <= 100")).isEqualTo("100");
        mine.setAutoCommit(false);
        execute(
                mine,
                "DELETE FROM t WHERE n > 50",
                "TRUNCATE log",
                "DROP INDEX IF EXISTS none",
                "DROP VIEW v",
                "DROP MATERIALIZED VIEW m",
                "DROP TABLE noted",
                "SELECT lo_unlink(4711)",
                "SELECT * FROM t FOR UPDATE");
        mine.rollback();
        mine.setAutoCommit(true);
        execute(mine, "VACUUM FULL t", "ANALYZE t", "REINDEX TABLE t");
    }

    @Test
    void theSuperuserChangesWhatItLikes() {
        TestPostgres.sessions().enter(CLOSED.database(), "make a table", connection -> {
            Rows.execute(connection, "CREATE TABLE public.of_the_superuser (n int)");
            Rows.execute(connection, "DROP TABLE public.of_the_superuser");
            return null;
        });
    }

    @Test
    void whatIsOpenedAgainIsAsBefore() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Connection user = connect(spec)) {
            Rows.execute(user, "CREATE TABLE t (n int)");
        }
        LOCK.close(spec.database(), Cause.QUOTA, REASON);
        LOCK.close(spec.database(), Cause.DISK, "The disk is full");
        assertThat(LOCK.closed().get(Cause.QUOTA)).contains(spec.database());
        assertThat(LOCK.closed().get(Cause.DISK)).containsExactly(spec.database());
        LOCK.open(spec.database(), Cause.QUOTA);
        try (Connection user = connect(spec)) {
            assertThatThrownBy(() -> Rows.execute(user, "INSERT INTO t VALUES (1)"))
                    .as("the other cause goes on")
                    .hasMessageContaining("The disk is full");
            assertThat(LOCK.open(spec.database(), Cause.DISK)).isTrue();
            Rows.execute(user, "INSERT INTO t VALUES (1)");
            Rows.execute(user, "CREATE TEMP TABLE mine AS SELECT * FROM t");
            assertThat(one(user, "SELECT lo_create(0)")).isNotEmpty();
            assertThat(one(user, "SELECT count(*) FROM pg_trigger")).isEqualTo("0");
            assertThat(one(user, "SELECT count(*) FROM pg_event_trigger")).isEqualTo("0");
            assertThat(one(user, "SELECT count(*) FROM pg_proc WHERE proname LIKE 'platform_refuse%'"))
                    .isEqualTo("0");
        }
        assertThat(LOCK.open(spec.database(), Cause.DISK))
                .as("opening twice does nothing")
                .isTrue();
        assertThat(LOCK.closed().get(Cause.DISK)).isEmpty();
    }

    /** The sessions that are open are ended once, and again while they are in the way. */
    @Test
    void whoHoldsATableIsEnded() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Connection holder = connect(spec)) {
            Rows.execute(holder, "CREATE TABLE t (n int)");
            holder.setAutoCommit(false);
            Rows.execute(holder, "CREATE TABLE unseen (n int)");
            Rows.execute(holder, "LOCK TABLE t");
            LOCK.close(spec.database(), Cause.QUOTA, REASON);
            assertThatThrownBy(holder::commit).isInstanceOf(SQLException.class);
        }
        try (Connection reader = connect(spec)) {
            assertThat(one(reader, "SELECT to_regclass('unseen') IS NULL")).isEqualTo("t");
            reader.setAutoCommit(false);
            Rows.execute(reader, "SELECT * FROM t");
            assertThat(LOCK.open(spec.database(), Cause.QUOTA))
                    .as("its triggers must wait for the reader")
                    .isFalse();
            try (Connection writer = connect(spec)) {
                Rows.execute(writer, "INSERT INTO t VALUES (1)");
            }
            reader.rollback();
        }
        assertThat(LOCK.open(spec.database(), Cause.QUOTA)).isTrue();
    }

    /** On a server whose superuser the platform is not. */
    @Test
    void withoutASuperuserItIsADefaultOnly() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        ReadOnlyDefault lock = new ReadOnlyDefault(TestPostgres.sessions());
        Connection before = connect(spec);
        lock.close(spec.database(), REASON);
        assertThatThrownBy(() -> one(before, "SELECT 1")).isInstanceOf(SQLException.class);
        try (Connection user = connect(spec)) {
            assertThatThrownBy(() -> Rows.execute(user, "CREATE TABLE t (n int)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        }
        assertThat(lock.open(spec.database())).isTrue();
        try (Connection user = connect(spec)) {
            Rows.execute(user, "CREATE TABLE t (n int)");
        }
    }

    /** What pg_dump looks at to decide whether to dump a thing. */
    @Test
    void aDumpLeavesItOut() throws Exception {
        assertThat(one(mine, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'platform%'"))
                .isEqualTo("0");
        assertThat(one(mine, "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'platform%'"))
                .isNotEqualTo("0");
        assertThat(one(
                        mine,
                        "SELECT count(*) FROM pg_event_trigger e JOIN pg_depend d ON d.objid = e.oid"
                                + " WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass"))
                .isEqualTo("1");
        assertThat(one(
                        mine,
                        "SELECT count(*) FROM pg_proc p LEFT JOIN pg_init_privs i ON i.objoid = p.oid"
                                + " WHERE p.pronamespace = 'pg_catalog'::regnamespace"
                                + " AND p.proacl IS DISTINCT FROM i.initprivs"))
                .isEqualTo("0");
    }
}
