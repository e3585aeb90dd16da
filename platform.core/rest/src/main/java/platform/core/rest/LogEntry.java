package platform.core.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.tracing.api.LogRecord;

/** What was logged by one call. */
@Schema(description = "What was logged by one call.")
record LogEntry(
        @Schema(required = true) Instant time,

        @Schema(required = true, description = "ERROR, WARN, INFO, DEBUG or TRACE")
        String level,

        @Schema(description = "The one that ran; absent for none.")
        String instance,

        @Schema(required = true) String thread,
        @Schema(required = true) String logger,
        @Schema(required = true) String message,

        @Schema(required = true, description = "The lines of the stack trace; empty when it has none.")
        List<String> trace) {

    static LogEntry of(LogRecord record) {
        return new LogEntry(
                record.time(),
                record.level().name(),
                record.instance().orElse(null),
                record.thread(),
                record.logger(),
                record.message(),
                record.trace());
    }
}
