package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.LockWait;
import platform.db.api.Maintenance;
import platform.db.api.MaintenanceResult;
import platform.db.api.TableStatus;

/** What the night does, and in which order. */
class NightlyMaintenanceTest {

    private final List<String> tidied = new ArrayList<>();
    private final NightlyMaintenance nightly = new NightlyMaintenance(
            new FakeStatistics(), new FakeMaintenance(), MaintenanceWindowTest.config("off", 60));

    @AfterEach
    void stop() {
        nightly.stop();
    }

    @Test
    void theLargestDatabaseComesFirstAndAFailureStopsNoOther() {
        nightly.tidy(Duration.ofMinutes(1));
        assertThat(tidied).containsExactly("large", "broken", "small");
    }

    @Test
    void nothingIsBegunAfterTheEnd() {
        nightly.tidy(Duration.ZERO);
        assertThat(tidied).isEmpty();
    }

    private static final class FakeStatistics implements DatabaseStatistics {

        @Override
        public List<DatabaseStatus> databases() {
            return List.of(status("small", 1), status("large", 3), status("broken", 2));
        }

        private static DatabaseStatus status(String name, long bytes) {
            return new DatabaseStatus(
                    name, Server.EMBEDDED, name, bytes, 0, Optional.empty(), Optional.empty(), 0, 0, 0);
        }

        @Override
        public Map<String, String> away() {
            return Map.of();
        }

        @Override
        public Optional<DatabaseStatus> database(String database) {
            return Optional.empty();
        }

        @Override
        public List<TableStatus> tables(String database) {
            return List.of();
        }

        @Override
        public List<LockWait> lockWaits(String database) {
            return List.of();
        }
    }

    private final class FakeMaintenance implements Maintenance {

        @Override
        public MaintenanceResult vacuum(String database, boolean full, Consumer<String> progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MaintenanceResult reindex(String database, boolean concurrently, Consumer<String> progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MaintenanceResult tidy(String database, Duration most, Consumer<String> progress) {
            tidied.add(database);
            if (database.equals("broken")) {
                throw new DatabaseException("It is broken");
            }
            return new MaintenanceResult(database, 1, List.of(), 2, 1, Duration.ZERO);
        }
    }
}
