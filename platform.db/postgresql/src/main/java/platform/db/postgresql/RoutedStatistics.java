package platform.db.postgresql;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.LockWait;
import platform.db.api.TableStatus;

/** The statistics of all servers that answer. */
record RoutedStatistics(Servers servers) implements DatabaseStatistics {

    @Override
    public List<DatabaseStatus> databases() {
        return servers.present().stream()
                .flatMap(it -> databases(it).stream())
                .sorted(Comparator.comparing(DatabaseStatus::name))
                .toList();
    }

    /** One that has just gone away is left out, too. */
    private List<DatabaseStatus> databases(ServedServer server) {
        try {
            return server.statistics().databases();
        } catch (DatabaseException e) {
            servers.look(server.name());
            if (servers.present().contains(server)) {
                throw e;
            }
            return List.of();
        }
    }

    @Override
    public Map<String, String> away() {
        return servers.away();
    }

    @Override
    public Optional<DatabaseStatus> database(String database) {
        return of(database).database(database);
    }

    @Override
    public List<TableStatus> tables(String database) {
        return of(database).tables(database);
    }

    @Override
    public List<LockWait> lockWaits(String database) {
        return of(database).lockWaits(database);
    }

    private DatabaseStatistics of(String database) {
        return servers.holding(database).statistics();
    }
}
