package platform.core.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreResult;

/** An instance that was restored, or would be. */
@Schema(description = "An instance that was restored, or would be.")
record Restored(
        @Schema(required = true) String instance,

        @Schema(required = true, description = "When the backup was made.")
        Instant made,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "Why it cannot be done; empty when it can.")
        List<String> obstacles,

        @Schema(required = true, description = "What one should know.")
        List<String> notes,

        @Schema(description = "The database that it had before, which is kept for a while.")
        String formerDatabase,

        @Schema(description = "Until when.") Instant keptUntil,

        @Schema(description = "Its password when it is new: the only time that it is shown.")
        String password) {

    static Restored of(RestorePlan plan) {
        return new Restored(
                plan.instance(), plan.header().made(), true, plan.obstacles(), plan.notes(), null, null, null);
    }

    static Restored of(RestoreResult result) {
        return new Restored(
                result.instance(),
                result.manifest().header().made(),
                false,
                List.of(),
                List.of(),
                result.formerDatabase().orElse(null),
                result.keptUntil().orElse(null),
                result.password().orElse(null));
    }

    @Override
    public String toString() {
        return "Restored[" + instance + "]";
    }
}
