package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.DatabaseStatus;

/** A database of the platform. */
@Schema(description = "A database of the platform.")
record Database(
        @Schema(required = true) String name,

        @Schema(description = "Whose it is; absent for the manager's.")
        String instance,

        @Schema(required = true, description = "The name of the server that it is on.")
        String server,

        @Schema(required = true) String role,
        @Schema(required = true) long bytes,
        @Schema(required = true) int connections,

        @Schema(description = "The part of its blocks that were in memory, 0 to 1; absent when none was read.")
        Double cacheHitRatio,

        @Schema(description = "How many seconds the oldest open transaction lasts; absent when none is open.")
        Double transactionSeconds,

        @Schema(required = true, description = "How many sessions wait for a lock.")
        int waitingLocks,

        @Schema(required = true) long deadlocks,
        @Schema(required = true) long temporaryBytes) {

    static Database of(DatabaseStatus status, String instance) {
        return new Database(
                status.name(),
                instance,
                status.server(),
                status.role(),
                status.bytes(),
                status.connections(),
                status.cacheHitRatio().orElse(null),
                status.longestTransaction().map(Times::seconds).orElse(null),
                status.waitingLocks(),
                status.deadlocks(),
                status.temporaryBytes());
    }
}
