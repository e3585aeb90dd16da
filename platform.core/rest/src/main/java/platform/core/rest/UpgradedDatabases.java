package platform.core.rest;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.UpgradePlan;
import platform.db.api.UpgradeResult;

/** An upgrade of PostgreSQL that was done, or would be. */
@Schema(description = "An upgrade of PostgreSQL that was done, or would be.")
record UpgradedDatabases(
        @Schema(required = true, description = "The major version of the former data folder.", examples = "15")
        String from,

        @Schema(required = true, description = "The version that runs now, or would.", examples = "18.3")
        String to,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "What was copied, or would be.")
        List<String> databases,

        @Schema(required = true, description = "How much room it takes until the former data folder is removed.")
        long bytesNeeded,

        @Schema(required = true, description = "How much there was before.")
        long bytesFree,

        @Schema(required = true, description = "Why it cannot be done; empty when it can.")
        List<String> obstacles,

        @Schema(required = true, description = "What will be missing afterwards, and what to do about it.")
        List<String> warnings,

        @Schema(description = "The last day on which the former data folder is there.")
        LocalDate keptUntil,

        @Schema(description = "How long it took.") Double seconds) {

    static UpgradedDatabases of(UpgradePlan plan) {
        return of(plan, true, null, null);
    }

    static UpgradedDatabases of(UpgradePlan plan, UpgradeResult result) {
        return of(plan, false, result.keptUntil(), Times.seconds(result.took()));
    }

    private static UpgradedDatabases of(UpgradePlan plan, boolean dryRun, LocalDate keptUntil, Double seconds) {
        return new UpgradedDatabases(
                plan.from(),
                plan.to(),
                dryRun,
                plan.databases(),
                plan.bytesNeeded(),
                plan.bytesFree(),
                plan.obstacles(),
                plan.warnings(),
                keptUntil,
                seconds);
    }
}
