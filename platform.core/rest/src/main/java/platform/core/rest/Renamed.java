package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.RenameChange;
import platform.core.api.RenamePlan;

/** What a renaming has changed, or would. */
@Schema(description = "What a renaming has changed, or would.")
record Renamed(
        @Schema(required = true, description = "domain or host")
        String kind,

        @Schema(required = true, description = "Of the renaming, also of one that was taken back.")
        String oldName,

        @Schema(required = true) String newName,

        @Schema(required = true, description = "Whether it was taken back.")
        boolean undo,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "By instance.")
        List<Step> changes,

        @Schema(required = true, description = "Why it cannot be done; empty when it can.")
        List<String> conflicts,

        @Schema(required = true, description = "What one should know or do besides.")
        List<String> warnings) {

    static Renamed of(RenamePlan plan, boolean dryRun) {
        return new Renamed(
                Names.of(plan.request().kind()),
                plan.request().oldName(),
                plan.request().newName(),
                plan.undo(),
                dryRun,
                plan.changes().stream().map(Step::of).toList(),
                plan.conflicts(),
                plan.warnings());
    }

    /** One thing that a renaming changes. */
    @Schema(name = "RenameStep", description = "One thing that a renaming changes.")
    record Step(
            @Schema(required = true, description = "The instance that it belongs to, as it was called before.")
            String instance,

            @Schema(required = true, description = "instance, path, host, setting or folder")
            String kind,

            @Schema(required = true, description = "Of a setting; else empty.")
            String key,

            @Schema(required = true) String oldValue,
            @Schema(required = true) String newValue,

            @Schema(required = true, description = "What there is to know about it; may be empty.")
            String note) {

        static Step of(RenameChange change) {
            return new Step(
                    change.instance().toString(),
                    Names.of(change.kind()),
                    change.key(),
                    change.oldValue(),
                    change.newValue(),
                    change.note());
        }
    }
}
