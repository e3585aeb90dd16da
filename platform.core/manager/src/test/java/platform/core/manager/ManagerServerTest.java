package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.PlatformException;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.postgresql.TestServers;

/** A platform that is started with another default server than before, and two that are given the same. */
class ManagerServerTest {

    private static TestServers two;

    @TempDir
    Path ours;

    @TempDir
    Path theirs;

    @BeforeAll
    static void startServers() {
        two = new TestServers();
    }

    @AfterAll
    static void stopServers() {
        two.close();
    }

    @AfterEach
    void removeAll() {
        for (DatabaseServers servers : new DatabaseServers[] {two.servers(), two.farAsDefault()}) {
            Databases databases = servers.on(servers.defaultName());
            databases.dropDatabase(ManagerDatabase.NAME);
            databases.dropRole(ManagerDatabase.NAME);
        }
    }

    private static Databases look(Path folder, DatabaseServers servers) {
        return new ManagerServer(new Secrets(folder), servers).databases();
    }

    private static void start(Path folder, DatabaseServers servers) {
        new ManagerDatabase(new Secrets(folder), look(folder, servers), List.of()).close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPlatformThatHasBeenInUseIsNotBegunAnewSomewhereElse(boolean fromFar) {
        DatabaseServers before = fromFar ? two.farAsDefault() : two.servers();
        DatabaseServers now = fromFar ? two.servers() : two.farAsDefault();
        start(ours, before);
        assertThatThrownBy(() -> start(ours, now))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.kind()).isEqualTo(PlatformException.Kind.CONFLICT))
                .hasMessageContaining("'" + now.defaultName() + "' has no database 'manager'")
                .hasMessageContaining("config:unset platform.db.postgresql db")
                .hasMessageContaining("instance:move-database");
        assertThat(now.on(now.defaultName()).isTaken(ManagerDatabase.NAME)).isFalse();
        start(ours, before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherPlatformsDatabaseIsNotTakenOver(boolean inUse) {
        if (inUse) {
            start(theirs, two.servers());
        }
        start(ours, two.farAsDefault());
        assertThatThrownBy(() -> start(theirs, two.farAsDefault())).hasMessageContaining("it is another platform's");
        start(ours, two.farAsDefault());
    }

    @Test
    void aStartOrAChangeThatWasCutOffIsGoneOnWith() {
        Secrets secrets = new Secrets(ours);
        DatabaseServers far = two.farAsDefault();
        Databases databases = look(ours, far);
        String password = secrets.getOrKeep(ManagerDatabase.SECRET, () -> "first");
        databases.createRole(new DatabaseSpec(ManagerDatabase.NAME, ManagerDatabase.NAME, password));
        start(ours, far);
        secrets.noteNext(ManagerDatabase.SECRET, () -> "second");
        start(ours, far);
        secrets.noteNext(ManagerDatabase.SECRET, () -> "third");
        databases.createRole(new DatabaseSpec(ManagerDatabase.NAME, ManagerDatabase.NAME, "third"));
        start(ours, far);
    }
}
