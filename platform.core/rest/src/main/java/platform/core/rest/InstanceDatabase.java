package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.DatabaseStatistics;

/** The database of an instance, with what is in it. */
@Schema(description = "The database of an instance, with what is in it.")
record InstanceDatabase(
        @Schema(required = true) Database database,

        @Schema(required = true, description = "The largest first.")
        List<DatabaseTable> tables,

        @Schema(required = true, description = "The sessions that wait for a lock, the longest first.")
        List<LockWait> lockWaits) {

    static InstanceDatabase of(Database database, DatabaseStatistics statistics) {
        return new InstanceDatabase(
                database,
                statistics.tables(database.name()).stream()
                        .map(DatabaseTable::of)
                        .toList(),
                statistics.lockWaits(database.name()).stream().map(LockWait::of).toList());
    }
}
