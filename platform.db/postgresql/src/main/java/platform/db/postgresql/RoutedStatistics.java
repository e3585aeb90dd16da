package platform.db.postgresql;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.LockWait;
import platform.db.api.TableStatus;

/** The statistics of all servers that answer. */
record RoutedStatistics(Servers servers) implements DatabaseStatistics {

    @Override
    public List<DatabaseStatus> databases() {
        return servers.present().stream()
                .flatMap(it -> it.statistics().databases().stream())
                .sorted(Comparator.comparing(DatabaseStatus::name))
                .toList();
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
