package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;

/** The manager's own database and its password. */
class ManagerDatabaseTest {

    @TempDir
    Path secrets;

    private final Databases databases = TestPostgres.databases();
    private ManagerDatabase database;

    private void open() {
        database = new ManagerDatabase(new Secrets(secrets), databases, Fakes.MIGRATIONS);
    }

    @AfterEach
    void remove() {
        database.close();
        databases.dropDatabase(ManagerDatabase.NAME);
        databases.dropRole(ManagerDatabase.NAME);
    }

    private String secret() throws Exception {
        return Files.readString(secrets.resolve("manager-database")).strip();
    }

    private void mustOpen(String password) {
        DatabaseSpec spec = new DatabaseSpec(ManagerDatabase.NAME, ManagerDatabase.NAME, password);
        try (Database opened = databases.open(spec)) {
            assertThat(opened.dataSource()).isNotNull();
        }
    }

    @Test
    void itsPasswordIsChangedWhileItIsInUse() throws Exception {
        open();
        String former = secret();

        database.rotatePasswords();

        assertThat(secret()).isNotEqualTo(former).hasSize(32);
        assertThat(secrets.resolve("manager-database.next")).doesNotExist();
        assertThat(database.tables().instances(true)).isEmpty();
        mustOpen(secret());
    }

    /** Cut off after the note, and after the server had it; the only step after that is the last. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangeThatWasCutOffIsCompletedAtTheNextStart(boolean reachedTheServer) throws Exception {
        open();
        database.close();
        String next = new Secrets(secrets).noteNext("manager-database", () -> "the next one");
        if (reachedTheServer) {
            databases.createRole(new DatabaseSpec(ManagerDatabase.NAME, ManagerDatabase.NAME, next));
        }

        open();

        assertThat(secret()).isEqualTo("the next one");
        assertThat(database.tables().instances(true)).isEmpty();
        mustOpen("the next one");
    }
}
