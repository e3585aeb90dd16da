package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/** Roles and databases, on a real server. */
class PostgresDatabasesTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Databases databases = TestPostgres.databases();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com_acme",
                "UPPER and lower",
                "\"quoted\" and 'quoted'",
                "back\\slash",
                "semi; DROP DATABASE postgres; --",
                "placeholder ? {fn x} ${y} %s",
                "slash/../dots",
                "Müller_日本_😀",
                "select",
                "sixty-three bytes: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void anyNameIsTakenAsItIs(String name) throws Exception {
        DatabaseSpec spec = new DatabaseSpec(name, name, "p");
        create(spec);
        assertThat(databases.databases()).contains(name);
        assertThat(databases.roles()).contains(name);
        assertThat(one(spec, "SELECT current_database() || current_user")).isEqualTo(name + name);
        databases.dropDatabase(name);
        databases.dropRole(name);
        assertThat(databases.databases()).doesNotContain(name);
        assertThat(databases.roles()).doesNotContain(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "\uD800", "sixty-four bytes: äxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void aNameThatPostgresqlCannotHoldIsRefused(String name) {
        assertThatThrownBy(() -> databases.createRole(new DatabaseSpec("d", name, "p")))
                .isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> databases.createDatabase(new DatabaseSpec(name, "r", "p")))
                .isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> databases.dropDatabase(name)).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> databases.dropRole(name)).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> databases.open(new DatabaseSpec(name, "r", "p")))
                .isInstanceOf(DatabaseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "\"", "back\\slash", "\\'; --", "ä日😀", "  spaces  ", "$1 ? %s"})
    void anyPasswordIsTakenAsItIs(String password) throws Exception {
        DatabaseSpec spec = newSpec(password);
        create(spec);
        assertThat(one(spec, "SELECT 1")).isEqualTo("1");
        DatabaseSpec wrong = new DatabaseSpec(spec.database(), spec.role(), password + "x");
        assertThatThrownBy(() -> databases.open(wrong))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(spec.database());
    }

    @Test
    void anEmptyPasswordIsRefused() {
        assertThatThrownBy(() -> databases.createRole(newSpec(""))).isInstanceOf(DatabaseException.class);
    }

    @Test
    void creatingAgainChangesNothingButThePassword() throws Exception {
        DatabaseSpec spec = newSpec("first");
        create(spec);
        one(spec, "CREATE TABLE t AS SELECT 42 AS x");
        DatabaseSpec changed = new DatabaseSpec(spec.database(), spec.role(), "second");
        create(changed);
        assertThat(one(changed, "SELECT x FROM t")).isEqualTo("42");
        assertThatThrownBy(() -> databases.open(spec)).isInstanceOf(DatabaseException.class);
    }

    @Test
    void droppingWhatIsNotThereDoesNothing() {
        databases.dropDatabase("never made");
        databases.dropRole("never made");
        assertThat(databases.size("never made")).isZero();
    }

    @Test
    void aDatabaseNeedsItsRole() {
        assertThatThrownBy(() -> databases.createDatabase(newSpec("p")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aDatabaseOfAnotherRoleIsNotTaken() {
        DatabaseSpec first = TestPostgres.newDatabase();
        DatabaseSpec second = TestPostgres.newDatabase();
        assertThatThrownBy(() -> databases.createDatabase(new DatabaseSpec(first.database(), second.role(), "p")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("belongs to the role '" + first.role());
    }

    @Test
    void aRoleWithADatabaseStays() {
        DatabaseSpec spec = TestPostgres.newDatabase();
        assertThatThrownBy(() -> databases.dropRole(spec.role()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(spec.role());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "template1", "platform", "pg_monitor"})
    void whatTheServerBringsIsNotTouched(String name) {
        assertThat(databases.databases()).doesNotContain(name);
        assertThat(databases.roles()).doesNotContain(name);
        DatabaseSpec spec = new DatabaseSpec(name, name, "p");
        assertThatThrownBy(() -> create(spec)).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> {
                    databases.dropDatabase(name);
                    databases.dropRole(name);
                })
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void aRoleCannotConnectToAnyOtherDatabase() {
        DatabaseSpec own = TestPostgres.newDatabase();
        DatabaseSpec other = TestPostgres.newDatabase();
        for (String database : new String[] {other.database(), "postgres", "template1"}) {
            assertThatThrownBy(() -> databases.open(new DatabaseSpec(database, own.role(), own.password())))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void aRoleHasNoRightsOnTheServer() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection()) {
            for (String sql : new String[] {
                "CREATE DATABASE mine",
                "CREATE ROLE mine",
                "ALTER ROLE CURRENT_USER SUPERUSER",
                "COPY (SELECT 1) TO PROGRAM 'true'",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT rolpassword FROM pg_authid"
            }) {
                assertThatThrownBy(() -> connection.createStatement().execute(sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class);
            }
            connection.createStatement().execute("CREATE EXTENSION pgcrypto");
            connection.createStatement().execute("CREATE SCHEMA own CREATE TABLE t (id int)");
        }
    }

    @Test
    void aDatabaseInUseIsDropped() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().execute("CREATE TABLE t (id int)");
            databases.dropDatabase(spec.database());
            assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
                    .isInstanceOf(SQLException.class);
            assertThat(databases.databases()).doesNotContain(spec.database());
        }
    }

    @Test
    void theSizeOfADatabaseIsInBytes() {
        assertThat(databases.size(TestPostgres.newDatabase().database())).isBetween(5_000_000L, 20_000_000L);
    }

    @Test
    void aDatabaseThatIsMissingIsNotOpened() {
        DatabaseSpec spec = newSpec("p");
        databases.createRole(spec);
        assertThatThrownBy(() -> databases.open(spec))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(spec.database())
                .hasMessageContaining("does not exist");
    }

    @Test
    void closingTwiceDoesNothing() {
        Database database = databases.open(TestPostgres.newDatabase());
        database.close();
        database.close();
        assertThatThrownBy(() -> database.dataSource().getConnection()).isInstanceOf(SQLException.class);
    }

    private static DatabaseSpec newSpec(String password) {
        String name = "spec " + NUMBER.incrementAndGet();
        return new DatabaseSpec(name, name, password);
    }

    private void create(DatabaseSpec spec) {
        databases.createRole(spec);
        databases.createDatabase(spec);
    }

    /** Runs the statements; returns what the last one says. */
    private String one(DatabaseSpec spec, String... statements) throws SQLException {
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            String result = null;
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    try (ResultSet row = statement.getResultSet()) {
                        result = row.next() ? row.getString(1) : null;
                    }
                }
            }
            return result;
        }
    }
}
