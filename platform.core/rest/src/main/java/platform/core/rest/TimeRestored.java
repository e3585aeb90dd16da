package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;

/** An instance that was restored to a moment, or would be. */
@Schema(description = "An instance that was restored to a moment, or would be.")
record TimeRestored(
        @Schema(required = true) String instance,
        @Schema(required = true) Instant to,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "How much was fetched at most, in bytes.")
        long bytesToFetch,

        @Schema(required = true, description = "How much room it took meanwhile, in bytes.")
        long bytesNeeded,

        @Schema(description = "The database that it had before, which is kept for a while.")
        String formerDatabase,

        @Schema(description = "Until when.") Instant keptUntil,

        @Schema(description = "Its password when it is new: the only time that it is shown.")
        String password) {

    static TimeRestored of(TimeRestorePlan plan) {
        return new TimeRestored(
                plan.instance(), plan.to(), true, plan.bytesToFetch(), plan.bytesNeeded(), null, null, null);
    }

    static TimeRestored of(TimeRestorePlan plan, RestoreResult result) {
        return new TimeRestored(
                result.instance(),
                plan.to(),
                false,
                plan.bytesToFetch(),
                plan.bytesNeeded(),
                result.formerDatabase().orElse(null),
                result.keptUntil().orElse(null),
                result.password().orElse(null));
    }

    @Override
    public String toString() {
        return "TimeRestored[" + instance + " to " + to + "]";
    }
}
