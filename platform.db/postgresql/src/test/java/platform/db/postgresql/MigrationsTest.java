package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;

/** What an app's scripts do to its database. */
class MigrationsTest {

    @TempDir
    private Path folder;

    private DatabaseSpec spec;
    private Database database;

    @BeforeEach
    void open() {
        spec = TestPostgres.newDatabase();
        database = TestPostgres.databases().open(spec);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aScriptIsAppliedOnce() throws Exception {
        URL first = script("V1__first.sql", "CREATE TABLE first (id int)");
        assertThat(database.migrate(List.of(first))).isEqualTo(1);
        assertThat(database.migrate(List.of(first))).isZero();
        assertThat(tables()).containsExactly("first");
    }

    @Test
    void scriptsAreAppliedInTheOrderOfTheirVersions() throws Exception {
        URL ninth = script("V9__table.sql", "CREATE TABLE t (id int)");
        URL tenth = script("V10__rename it.sql", "ALTER TABLE t RENAME TO renamed");
        assertThat(database.migrate(List.of(tenth, ninth))).isEqualTo(2);
        assertThat(tables()).containsExactly("renamed");
    }

    @Test
    void aLaterScriptIsAddedToTheEarlierOnes() throws Exception {
        URL first = script("V1__first.sql", "CREATE TABLE first (id int)");
        database.migrate(List.of(first));
        URL second = script("V1.1__second.sql", "CREATE TABLE second (id int)");
        assertThat(database.migrate(List.of(first, second))).isEqualTo(1);
    }

    @Test
    void noScriptsAtAllAreFine() throws Exception {
        assertThat(database.migrate(List.of())).isZero();
        assertThat(names("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
    }

    @Test
    void leavingOutAllScriptsIsRefused() throws Exception {
        database.migrate(List.of(script("V1__first.sql", "CREATE TABLE first (id int)")));
        assertThatThrownBy(() -> database.migrate(List.of())).isInstanceOf(DatabaseException.class);
    }

    @Test
    void textThatLooksLikeAPlaceholderStaysAsItIs() throws Exception {
        database.migrate(
                List.of(script("V1__t.sql", "CREATE TABLE t (x text DEFAULT '${x}'); INSERT INTO t VALUES (DEFAULT)")));
        assertThat(names("SELECT x FROM t")).containsExactly("${x}");
    }

    @Test
    void aScriptThatFailsTakesTheOthersBack() throws Exception {
        URL first = script("V1__first.sql", "CREATE TABLE first (id int)");
        URL second = script("V2__second.sql", "CREATE TABLE second (id int); SELECT nonsense");
        assertThatThrownBy(() -> database.migrate(List.of(first, second)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("V2__second.sql")
                .hasMessageContaining("nonsense");
        assertThat(tables()).isEmpty();
        assertThat(database.migrate(List.of(first))).isEqualTo(1);
    }

    @Test
    void aScriptThatWasChangedAfterwardsIsRefused() throws Exception {
        database.migrate(List.of(script("V1__first.sql", "CREATE TABLE first (id int)")));
        URL changed = script("V1__first.sql", "CREATE TABLE first (id bigint)");
        assertThatThrownBy(() -> database.migrate(List.of(changed)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 1 (first)")
                .hasMessageContaining("changed");
    }

    @Test
    void aScriptThatIsMissingIsRefused() throws Exception {
        URL first = script("V1__first.sql", "CREATE TABLE first (id int)");
        URL second = script("V2__second.sql", "CREATE TABLE second (id int)");
        database.migrate(List.of(first, second));
        assertThatThrownBy(() -> database.migrate(List.of(first)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 2 (second)")
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> database.migrate(List.of(second)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 1 (first)")
                .hasMessageContaining("missing");
    }

    @Test
    void aNewScriptWithAnOldVersionIsRefused() throws Exception {
        URL second = script("V2__second.sql", "CREATE TABLE second (id int)");
        database.migrate(List.of(second));
        URL first = script("V1__first.sql", "CREATE TABLE first (id int)");
        assertThatThrownBy(() -> database.migrate(List.of(first, second)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 1 (first)")
                .hasMessageContaining("higher version");
    }

    @Test
    void aScriptThatCannotBeReadIsRefused() throws Exception {
        URL gone = folder.resolve("V1__gone.sql").toUri().toURL();
        assertThatThrownBy(() -> database.migrate(List.of(gone)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("V1__gone.sql");
    }

    @Test
    void aScriptWithAWrongNameIsRefused() throws Exception {
        URL script = script("V1_first.sql", "CREATE TABLE first (id int)");
        assertThatThrownBy(() -> database.migrate(List.of(script)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("V1_first.sql");
    }

    @Test
    void twoScriptsOfOneVersionAreRefused() throws Exception {
        URL one = script("V1__one.sql", "CREATE TABLE one (id int)");
        URL other = script("V1__other.sql", "CREATE TABLE other (id int)");
        assertThatThrownBy(() -> database.migrate(List.of(one, other)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("V1__one.sql")
                .hasMessageContaining("V1__other.sql");
        assertThat(tables()).isEmpty();
    }

    @Test
    void aDatabaseThatIsUpToDateIsOpenedWithoutAConnection() throws Exception {
        URL first = script("V1__first.sql", "CREATE TABLE first (id int)");
        database.migrate(List.of(first));
        database.close();
        Eventually.holds("no connection", () -> connections() == 0);

        database = TestPostgres.databases().open(spec);
        assertThat(database.migrate(List.of(first))).isZero();
        assertThat(connections()).isZero();
        assertThat(tables()).containsExactly("first");
    }

    @Test
    void newScriptsAreAppliedToADatabaseThatWasUpToDate() throws Exception {
        URL first = script("V1__first.sql", "CREATE TABLE first (id int)");
        database.migrate(List.of(first));
        database.close();

        database = TestPostgres.databases().open(spec);
        URL second = script("V2__second.sql", "CREATE TABLE second (id int)");
        assertThat(database.migrate(List.of(first, second))).isEqualTo(1);
        assertThat(tables()).containsExactly("first", "second");
    }

    /** As by an older dump that is restored into it. */
    @Test
    void aSchemaThatIsNotWhatItWasIsNotUsedAndMigratedByTheNextStart() throws Exception {
        URL first = script("V1__first.sql", "CREATE TABLE IF NOT EXISTS first (id int)");
        database.migrate(List.of(first));
        try (Connection connection = database.dataSource().getConnection()) {
            Rows.execute(connection, "DROP TABLE first, flyway_schema_history");
        }
        database.close();

        database = TestPostgres.databases().open(spec);
        database.migrate(List.of(first));
        assertThatThrownBy(this::tables)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("has not the schema that it had")
                .hasMessageContaining("Restart the instance");
        database.close();

        database = TestPostgres.databases().open(spec);
        assertThat(database.migrate(List.of(first))).isEqualTo(1);
        assertThat(tables()).containsExactly("first");
    }

    private int connections() {
        return TestPostgres.sessions()
                .administer(
                        "count",
                        connection -> Rows.list(
                                        connection,
                                        "SELECT 1 FROM pg_stat_activity WHERE datname = ?",
                                        row -> 1,
                                        spec.database())
                                .size());
    }

    private URL script(String name, String sql) throws IOException {
        return Files.writeString(folder.resolve(name), sql).toUri().toURL();
    }

    private Set<String> tables() throws SQLException {
        return names("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'flyway%'");
    }

    private Set<String> names(String sql) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
