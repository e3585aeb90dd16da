package platform.db.postgresql;

import java.time.Duration;
import java.util.function.Consumer;
import platform.db.api.Maintenance;
import platform.db.api.MaintenanceResult;

/** Looks after each database on the server that has it. */
record RoutedMaintenance(Servers servers) implements Maintenance {

    @Override
    public MaintenanceResult vacuum(String database, boolean full, Consumer<String> progress) {
        return of(database).vacuum(database, full, progress);
    }

    @Override
    public MaintenanceResult reindex(String database, boolean concurrently, Consumer<String> progress) {
        return of(database).reindex(database, concurrently, progress);
    }

    @Override
    public MaintenanceResult tidy(String database, Duration most, Consumer<String> progress) {
        return of(database).tidy(database, most, progress);
    }

    private Maintenance of(String database) {
        return servers.holding(database).maintenance();
    }
}
