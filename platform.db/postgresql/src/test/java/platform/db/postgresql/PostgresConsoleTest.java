package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.SqlRequest;
import platform.db.api.SqlResult;

/** An administrator's SQL on a real server. */
class PostgresConsoleTest {

    private final PostgresConsole console = new PostgresConsole(TestPostgres.sessions());
    private final DatabaseSpec spec = TestPostgres.newDatabase();

    @BeforeEach
    void makeTable() {
        write("CREATE TABLE t (n int, text text)");
        write("INSERT INTO t VALUES (1, 'one'), (2, NULL)");
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(sessionRoles()).isEmpty();
    }

    private static List<String> sessionRoles() {
        return TestPostgres.sessions()
                .administer(
                        "list",
                        connection -> Rows.list(
                                connection,
                                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'platform session %'",
                                row -> row.getString(1)));
    }

    private SqlResult read(String sql) {
        return console.run(new SqlRequest(spec.database(), sql, false, Duration.ofSeconds(30), 100));
    }

    private SqlResult write(String sql) {
        return console.run(new SqlRequest(spec.database(), sql, true, Duration.ofSeconds(30), 100));
    }

    private String value(String sql) {
        return read(sql).rows().get(0).get(0).orElseThrow();
    }

    @Test
    void rowsComeWithNamesAndNulls() {
        SqlResult result = read("SELECT n, text, text AS text FROM t ORDER BY n;");
        assertThat(result.columns()).containsExactly("n", "text", "text");
        assertThat(result.rows())
                .containsExactly(
                        List.of(Optional.of("1"), Optional.of("one"), Optional.of("one")),
                        List.of(Optional.of("2"), Optional.empty(), Optional.empty()));
        assertThat(result.more()).isFalse();
        assertThat(result.changed()).isEmpty();
    }

    /** Its instance may be deleted while somebody looks into it. */
    @Test
    void theLoginGoesAlthoughTheDatabaseIsGone() throws Exception {
        DatabaseSpec gone = TestPostgres.newDatabase();
        TestPostgres.sessions().withLogin(gone.database(), gone.role(), Map.of(), login -> {
            assertThat(sessionRoles()).isNotEmpty();
            TestPostgres.databases().dropDatabase(gone.database());
            return null;
        });
        assertThat(sessionRoles()).isEmpty();
    }

    @Test
    void whatIsRefusedSaysWhatToDo() {
        assertThatThrownBy(() -> read("DELETE FROM t")).hasMessageContaining("--write");
        assertThatThrownBy(() -> read("COPY t TO STDOUT")).hasMessageEndingWith("Ask for them by SELECT");
    }

    @Test
    void noMoreRowsThanWantedAreFetched() {
        SqlResult result = console.run(new SqlRequest(
                spec.database(), "SELECT generate_series(1, 1000000)", false, Duration.ofSeconds(30), 10));
        assertThat(result.rows()).hasSize(10);
        assertThat(result.more()).isTrue();
    }

    @Test
    void whatIsAllowedToWriteWritesAndItBelongsToTheOwner() {
        SqlResult result = write("UPDATE t SET text = 'x'");
        assertThat(result.changed()).contains(2L);
        assertThat(value("SELECT string_agg(text, '') FROM t")).isEqualTo("xx");
        assertThat(value("SELECT tableowner FROM pg_tables WHERE tablename = 't'"))
                .isEqualTo(spec.role());
        assertThat(write("CREATE INDEX i ON t (n)").changed()).isEmpty();
        assertThat(write("VACUUM t").columns()).isEmpty();
        assertThat(write("INSERT INTO t VALUES (3, '') RETURNING n").rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (3, 'three')",
                "WITH x AS (DELETE FROM t RETURNING n) SELECT * FROM x",
                "CREATE TABLE other (n int)",
                "DO $$ BEGIN INSERT INTO t VALUES (3, ''); END $$",
                "DO $$ BEGIN COMMIT; INSERT INTO t VALUES (3, ''); END $$",
                "DO $$ BEGIN SET LOCAL transaction_read_only = off; INSERT INTO t VALUES (3, ''); END $$",
                "DO $$ BEGIN PERFORM set_config('transaction_read_only', 'off', true); DELETE FROM t; END $$",
                "DO $$ BEGIN ROLLBACK; SET TRANSACTION READ WRITE; DELETE FROM t; COMMIT; END $$",
                "SET TRANSACTION READ WRITE",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "VACUUM t",
                "COPY t FROM STDIN",
                "COPY t TO PROGRAM 'cat'"
            })
    void readOnlyIsEnforcedByTheServer(String sql) {
        assertThatThrownBy(() -> read(sql)).isInstanceOf(DatabaseException.class);
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "ROLLBACK",
                "SET default_transaction_read_only = off",
                "RESET ROLE",
                "DISCARD TEMP",
                "SELECT set_config('default_transaction_read_only', 'off', false)",
                "EXPLAIN DELETE FROM t",
                "SELECT lo_create(4711)"
            })
    void whatTheServerLetsPassChangesNothing(String sql) {
        read(sql);
        assertUntouched();
        assertThat(value("SELECT count(*) FROM pg_largeobject_metadata")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT; DELETE FROM t",
                "SELECT 1; SELECT 2",
                "COMMIT; BEGIN; DELETE FROM t; COMMIT",
                "SELECT ';'; DELETE FROM t",
                "SELECT $a$;$a$;DELETE FROM t",
                "SELECT E'\\';'; DELETE FROM t",
                "SELECT '\\'; DELETE FROM t; --'",
                "",
                " ; "
            })
    void itIsOneStatement(String sql) {
        assertThatThrownBy(() -> read(sql))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("statement");
        assertThatThrownBy(() -> write(sql)).isInstanceOf(DatabaseException.class);
        assertUntouched();
    }

    @Test
    void aSettingOfTheDatabaseDoesNotHideASecondStatement() {
        write("ALTER DATABASE " + Sql.identifier(spec.database()) + " SET standard_conforming_strings = off");
        assertThatThrownBy(() -> read("SELECT '\\'; COMMIT; DELETE FROM t; --'"))
                .isInstanceOf(DatabaseException.class);
        assertUntouched();
    }

    @Test
    void semicolonsInStringsAndCommentsDoNotCount() {
        assertThat(value("SELECT ';' /* ; */ || $$;$$ -- ;")).isEqualTo(";;");
        assertThat(value("SELECT '?' WHERE 1 = 1")).isEqualTo("?");
    }

    private void assertUntouched() {
        assertThat(value("SELECT string_agg(concat(n, text), ',' ORDER BY n) FROM t"))
                .isEqualTo("1one,2");
        assertThat(value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("1");
    }

    @Test
    void nobodyGetsMoreRightsThanTheInstanceHas() {
        assertThat(value("SELECT current_user")).isEqualTo(spec.role());
        assertThat(value("SELECT bool_or(rolsuper) FROM pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER')"))
                .isEqualTo("f");
        for (String sql : List.of(
                "SET SESSION AUTHORIZATION postgres",
                "SET ROLE postgres",
                "CREATE ROLE other",
                "CREATE DATABASE other",
                "SELECT pg_read_file('postgresql.conf')",
                "ALTER SYSTEM SET fsync = off")) {
            assertThatThrownBy(() -> write(sql)).isInstanceOf(DatabaseException.class);
        }
    }

    @Test
    void whatIsMadeWithoutTheRoleStillBelongsToTheOwnerInTheEnd() {
        write("DO $$ BEGIN RESET ROLE; CREATE SCHEMA other; CREATE TABLE other.made (n int); END $$");
        assertThat(value("SELECT tableowner FROM pg_tables WHERE tablename = 'made'"))
                .isEqualTo(spec.role());
    }

    @Test
    void theServerCancelsWhatTakesTooLong() {
        SqlRequest request = new SqlRequest(spec.database(), "SELECT pg_sleep(60)", false, Duration.ofMillis(200), 1);
        assertThatThrownBy(() -> console.run(request))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("0.2 s");
    }

    @Test
    void anInterruptCancelsTheStatement() throws Exception {
        Thread waiting = Thread.currentThread();
        CompletableFuture<Void> interrupter = CompletableFuture.runAsync(() -> {
            await("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(55)%' AND pid <> pg_backend_pid()");
            waiting.interrupt();
        });
        assertThatThrownBy(() -> console.run(
                        new SqlRequest(spec.database(), "SELECT pg_sleep(55)", false, Duration.ofSeconds(60), 1)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("cancelled");
        assertThat(Thread.interrupted()).isTrue();
        interrupter.join();
    }

    private static void await(String sql) {
        try {
            Eventually.holds(
                    sql,
                    () -> TestPostgres.sessions()
                            .administer("look", connection -> Rows.first(connection, sql, row -> 1))
                            .isPresent());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void errorsAreTheServersOwn() {
        assertThatThrownBy(() -> read("SELECT * FROM nothing"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("\"nothing\" does not exist")
                .hasMessageContaining(spec.database());
        assertThatThrownBy(() -> read("DELETE FROM t")).hasMessageContaining("may write");
        assertThatThrownBy(() -> console.run(new SqlRequest("postgres", "SELECT 1", false, Duration.ofSeconds(1), 1)))
                .hasMessageContaining("no database 'postgres'");
    }

    @Test
    void whatAKilledPlatformHasLeftIsCleared() throws Exception {
        TestPostgres.sessions().administer("leave something", (Connection connection) -> {
            Rows.execute(connection, "CREATE ROLE \"platform session left\" LOGIN");
            return null;
        });
        TestPostgres.sessions().clear();
        assertThat(sessionRoles()).isEmpty();
    }
}
