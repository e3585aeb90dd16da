package platform.core.rest;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.MovePlan;
import platform.backup.api.MoveResult;

/** An instance that was moved to another platform, or would be. */
@Schema(description = "An instance that was moved to another platform, or would be.")
record MovedInstance(
        @Schema(required = true) String instance,

        @Schema(required = true, description = "What it is called there.")
        String as,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "Why it cannot be done; empty when it can.")
        List<String> obstacles,

        @Schema(description = "What its database takes on disk.")
        Long bytes,

        @Schema(description = "Why it must be stopped for the whole copy; empty when only for the last of its changes.")
        String note,

        @Schema(description = "Where it is now.") URI address,

        @Schema(description = "How many rows its tables have.")
        Long rows,

        @Schema(description = "For how many seconds it served nobody.")
        Double paused,

        @Schema(description = "Why it does not run there; empty when it does.")
        String trouble,

        @Schema(description = "Until when what is left of it here is kept.")
        Instant keptUntil) {

    static MovedInstance of(MovePlan plan) {
        return new MovedInstance(
                plan.instance(),
                plan.as(),
                true,
                plan.obstacles(),
                plan.bytes(),
                plan.note(),
                null,
                null,
                null,
                null,
                null);
    }

    static MovedInstance of(MoveResult result) {
        return new MovedInstance(
                result.instance(),
                result.as(),
                false,
                List.of(),
                null,
                null,
                result.address(),
                result.rows(),
                Times.seconds(result.paused()),
                result.trouble(),
                result.keptUntil());
    }
}
