package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.CommandFileStatus;

/** How it stands with the command file. */
@Schema(description = "How it stands with the command file.")
record CommandFile(
        @Schema(description = "Where it is, without a password; absent when none is fetched.")
        String url,

        @Schema(required = true, description = "How often it is fetched, as in ISO 8601.")
        String interval,

        @Schema(description = "When it is fetched next.") Instant next,

        @Schema(description = "When it was run for the last time.")
        Instant lastRun,

        @Schema(required = true, description = "What was wrong then; empty when nothing was.")
        String problem) {

    static CommandFile of(CommandFileStatus status) {
        return new CommandFile(
                status.url().orElse(null),
                status.interval().toString(),
                status.next().orElse(null),
                status.lastRun().orElse(null),
                status.problem());
    }
}
