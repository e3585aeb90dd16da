package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session that waits for a lock. */
@Schema(description = "A session that waits for a lock.")
record LockWait(
        @Schema(required = true, description = "Its process on the database server.")
        int process,

        @Schema(required = true, description = "The processes that it waits for.")
        List<Integer> blockedBy,

        @Schema(required = true, examples = "AccessExclusiveLock")
        String mode,

        @Schema(description = "Absent when it is about something else.")
        String table,

        @Schema(required = true) double seconds) {

    static LockWait of(platform.db.api.LockWait wait) {
        return new LockWait(
                wait.process(),
                wait.blockedBy(),
                wait.mode(),
                wait.table().orElse(null),
                Times.seconds(wait.waiting()));
    }
}
