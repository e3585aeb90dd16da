package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;

/** The platform's own password is changed; each test has a server of its own. */
class AdministratorPasswordTest {

    private static final DatabaseSpec SPEC = new DatabaseSpec("d", "r", "secret");

    private Path data;
    private PostgresServer server;
    private PostgresDatabases databases;

    @BeforeEach
    void start() {
        data = data == null ? TestPostgres.newFolder() : data;
        server = TestPostgres.newServer(data);
        server.start();
        databases = new PostgresDatabases(server);
    }

    /** As after a kill: nothing that the platform knew is left but its files. */
    private void restart() {
        databases.close();
        server.close();
        start();
    }

    @AfterEach
    void stop() {
        databases.close();
        server.close();
        TestPostgres.delete(data);
    }

    private Path secret() {
        return TestPostgres.folders(data).secret();
    }

    private Path noted() {
        return secret().resolveSibling("postgresql.next");
    }

    private Connection connect(String password) throws SQLException {
        return new Login(server.port(), "postgres", "postgres", password)
                .dataSource()
                .getConnection();
    }

    @Test
    void theFormerPasswordOpensNothingAndWhoHadItIsOut() throws Exception {
        String former = Files.readString(secret());
        try (Connection stranger = connect(former)) {
            databases.changeOwnPassword();
            assertThatThrownBy(() -> Rows.execute(stranger, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThat(Files.readString(secret())).isNotEqualTo(former).hasSize(32);
        assertThat(noted()).doesNotExist();
        assertThatThrownBy(() -> connect(former)).isInstanceOf(SQLException.class);
        connect(Files.readString(secret())).close();
        databases.createRole(SPEC);
        restart();
        assertThat(databases.roles()).containsExactly("r");
    }

    @Test
    void nothingFailsWhileItIsChangedAgainAndAgain() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        Sessions sessions = new Sessions(server);
        databases.createRole(SPEC);
        databases.createDatabase(SPEC);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                while (!ended.get() && failures.isEmpty()) {
                    try {
                        sessions.look("d", "look", connection -> 1);
                        databases.size("d");
                        done.incrementAndGet();
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                }
            }));
            threads.get(i).start();
        }
        for (int i = 0; i < 20; i++) {
            int before = done.get();
            databases.changeOwnPassword();
            while (done.get() == before && failures.isEmpty()) {
                Thread.onSpinWait();
            }
        }
        ended.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    /** Cut off after the note, and after the server had it; the only step after that is the last. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasCutOffIsCompletedByTheNextStart(boolean reachedTheServer) throws Exception {
        String former = Files.readString(secret());
        String next = new AdministratorPassword(server).note();
        if (reachedTheServer) {
            try (Connection connection = server.superuser().getConnection()) {
                AdministratorPassword.give(connection, "postgres", next);
            }
        }
        assertThat(Files.readString(noted())).isEqualTo(next);

        restart();

        assertThat(Files.readString(secret())).isEqualTo(next);
        assertThat(noted()).doesNotExist();
        assertThatThrownBy(() -> connect(former)).isInstanceOf(SQLException.class);
        connect(next).close();
    }

    @Test
    void aNoteThatIsOnlyHalfWrittenIsNoPassword() throws Exception {
        String former = Files.readString(secret());
        Files.writeString(secret().resolveSibling("postgresql.next.part"), "ab");

        restart();
        assertThat(Files.readString(secret())).isEqualTo(former);

        databases.changeOwnPassword();
        connect(Files.readString(secret())).close();
    }

    @Test
    void whenTheNewOneCannotBeKeptThePlatformGoesOnAndTheNextChangeCompletesIt() throws Exception {
        String former = Files.readString(secret());
        // A folder that is not empty bars the last step, and no other.
        Files.delete(secret());
        Files.createDirectories(secret().resolve("in the way"));

        assertThatThrownBy(() -> databases.changeOwnPassword())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(secret().toString());
        String next = Files.readString(noted());
        assertThat(databases.roles()).isEmpty();
        connect(next).close();

        unbar(former);
        databases.changeOwnPassword();
        assertThat(Files.readString(secret())).isEqualTo(next);
        connect(next).close();
    }

    private void unbar(String former) throws IOException {
        Folders.delete(secret());
        Files.writeString(secret(), former);
    }
}
