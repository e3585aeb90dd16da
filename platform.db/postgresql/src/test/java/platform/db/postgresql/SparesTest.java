package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;

/** Databases that are made before anybody needs them. */
class SparesTest {

    private static final String SPARES =
            "SELECT datname, oid::text FROM pg_database WHERE datname LIKE 'platform ready %'";
    private static final String OID = "SELECT oid::text FROM pg_database WHERE datname = ?";

    private final PostgresDatabases databases = TestPostgres.postgres();

    @TempDir
    private Path folder;

    @BeforeEach
    void keepTwo() throws Exception {
        databases.configure(PoolSettings.DEFAULT, 2);
        Eventually.holds("two are ready", () -> spares().size() == 2);
    }

    @AfterEach
    void keepNone() throws Exception {
        databases.configure(PoolSettings.DEFAULT, 0);
        Eventually.holds("they are removed", () -> spares().isEmpty());
    }

    @Test
    void aNewDatabaseIsASpareOneWithAnotherNameAndAnotherIsMade() throws Exception {
        List<String> before = spares();
        DatabaseSpec spec = TestPostgres.newDatabase();

        assertThat(before).contains(ask(OID, spec.database()).get(0));
        Eventually.holds("another is made", () -> spares().size() == 2);
        assertThat(spares()).doesNotContain(ask(OID, spec.database()).get(0));
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection()) {
            assertThat(Rows.list(
                            connection,
                            "SELECT (datacl::text LIKE '%{=%')::text"
                                    + " || pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
                            row -> row.getString(1)))
                    .containsExactly("false" + spec.role());
            Rows.execute(connection, "CREATE TABLE t (id int)");
        }
    }

    @Test
    void aSpareIsNobodysDatabaseAndNobodyCanConnect() throws Exception {
        assertThat(databases.databases()).noneMatch(name -> name.startsWith("platform ready"));
        assertThat(databases.roles()).noneMatch(name -> name.startsWith("platform"));
        try (Database database = databases.open(TestPostgres.newDatabase());
                Connection connection = database.dataSource().getConnection()) {
            String spare =
                    Rows.list(connection, SPARES, row -> row.getString(1)).get(0);
            for (String attack : List.of(" ALLOW_CONNECTIONS true", " OWNER TO CURRENT_USER", " RENAME TO mine")) {
                assertThatThrownBy(() -> Rows.execute(connection, "ALTER DATABASE \"" + spare + "\"" + attack))
                        .as(attack)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("must be owner");
            }
        }
        Eventually.holds(
                "also the one that is being made is closed",
                () -> !ask("SELECT datallowconn::text FROM pg_database WHERE datname LIKE ?", "platform ready %")
                        .contains("true"));
    }

    @Test
    void whatAKilledPlatformHasLeftIsUsedAndNoneIsHandedOutTwice() throws Exception {
        List<String> left = spares();
        try (PostgresDatabases next = TestPostgres.another()) {
            next.configure(PoolSettings.DEFAULT, 0);
            Eventually.holds("what is too many is removed", () -> spares().isEmpty());
        }
        databases.configure(PoolSettings.DEFAULT, 2);
        Eventually.holds("two are ready", () -> spares().size() == 2);
        assertThat(spares()).doesNotContainAnyElementsOf(left);
        List<String> taken = List.of(
                ask(OID, TestPostgres.newDatabase().database()).get(0),
                ask(OID, TestPostgres.newDatabase().database()).get(0),
                ask(OID, TestPostgres.newDatabase().database()).get(0));
        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void noneIsMadeWhileThereIsLittleRoom() throws Exception {
        databases.pauseSpares(true);
        TestPostgres.newDatabase();
        databases.configure(PoolSettings.DEFAULT, 4);
        Eventually.holds("one is taken", () -> spares().size() == 1);
        TestPostgres.newDatabase();
        assertThat(spares()).isEmpty();

        databases.pauseSpares(false);
        Eventually.holds("they are made again", () -> spares().size() == 4);
    }

    @Test
    void aSpareOfTheAppHasItsSchemaAlready() throws Exception {
        List<URL> scripts = List.of(script("V1__t.sql", "CREATE TABLE t (id int); INSERT INTO t VALUES (7)"));
        TestPostgres.newDatabase(scripts);
        Eventually.holds("two of the app are ready", () -> spares().size() == 4);
        List<String> ready = spares();

        DatabaseSpec spec = TestPostgres.newDatabase(scripts);

        assertThat(ready).contains(ask(OID, spec.database()).get(0));
        assertThat(databases.roles()).contains(spec.role());
        try (Database database = databases.open(spec)) {
            assertThat(database.migrate(scripts)).isZero();
            try (Connection connection = database.dataSource().getConnection()) {
                assertThat(Rows.list(
                                connection,
                                "SELECT (SELECT id FROM t) || pg_get_userbyid(relowner) || pg_get_userbyid(datdba)"
                                        + " FROM pg_class, pg_database WHERE relname = 't' AND datname = ?",
                                row -> row.getString(1),
                                spec.database()))
                        .containsExactly("7" + spec.role() + spec.role());
            }
            assertThat(database.migrate(List.of(scripts.get(0), script("V2__u.sql", "CREATE TABLE u (id int)"))))
                    .isEqualTo(1);
        }
        databases.dropDatabase(spec.database());
        databases.dropRole(spec.role());
        assertThat(ask("SELECT rolname FROM pg_roles WHERE rolname = ?", spec.role()))
                .isEmpty();
    }

    @Test
    void aScriptThatNeedsToKnowWhoseTheDatabaseIsWaitsForThat() throws Exception {
        List<URL> scripts = List.of(script("V1__t.sql", "CREATE TABLE t AS SELECT CURRENT_USER::text AS name"));

        for (int i = 0; i < 2; i++) {
            DatabaseSpec spec = TestPostgres.newDatabase(scripts);
            try (Database database = databases.open(spec)) {
                assertThat(database.migrate(scripts)).isEqualTo(1);
            }
        }
    }

    @Test
    void aScriptThatFailsLeavesNothingAndIsToldToWhoMigrates() throws Exception {
        List<URL> scripts = List.of(script("V1__t.sql", "CREATE TABLE t (id nonsense)"));
        TestPostgres.newDatabase(scripts);
        DatabaseSpec spec = TestPostgres.newDatabase(scripts);

        Eventually.holds(
                "only the empty ones are there",
                () -> spares().size() == 2 && spareRoles().isEmpty());
        try (Database database = databases.open(spec)) {
            assertThatThrownBy(() -> database.migrate(scripts)).hasMessageContaining("nonsense");
        }
    }

    @Test
    void whatWasCutOffBetweenRoleAndDatabaseIsRemoved() throws Exception {
        TestPostgres.sessions().administer("cut off", connection -> {
            Rows.execute(connection, "CREATE ROLE \"platform ready cut off\" LOGIN");
            Rows.execute(connection, "CREATE ROLE \"platform ready half\" LOGIN");
            Rows.execute(connection, "CREATE DATABASE \"platform ready half\" OWNER \"platform ready half\"");
            return null;
        });

        databases.configure(PoolSettings.DEFAULT, 2);

        Eventually.holds("they are gone", () -> spareRoles().isEmpty() && spares().size() == 2);
    }

    private URL script(String name, String sql) throws IOException {
        return Files.writeString(folder.resolve(name), sql).toUri().toURL();
    }

    private static List<String> spareRoles() {
        return ask("SELECT rolname FROM pg_roles WHERE rolname LIKE ?", "platform ready %");
    }

    private static List<String> spares() throws SQLException {
        return TestPostgres.sessions()
                .administer("look", connection -> Rows.list(connection, SPARES, row -> row.getString(2)));
    }

    private static List<String> ask(String sql, String name) {
        return TestPostgres.sessions()
                .administer("look", connection -> Rows.list(connection, sql, row -> row.getString(1), name));
    }
}
