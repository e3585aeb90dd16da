package platform.core.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.ArchiveRange;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.ArchiveStatus;

/** How it stands with continuous archiving. */
@Schema(description = "How it stands with continuous archiving.")
record Archive(
        @Schema(required = true) boolean on,

        @Schema(description = "Where to; absent when it is off.")
        String target,

        @Schema(description = "How often the whole server is copied; absent when it is off.")
        String every,

        @Schema(description = "How far back one can restore; absent when it is off.")
        String keep,

        @Schema(required = true, description = "To when one can restore, the oldest first.")
        List<Range> ranges,

        @Schema(required = true, description = "What it is at; empty when it only waits.")
        String doing,

        @Schema(required = true, description = "How many segments of the write-ahead log are not at the target yet.")
        int waiting,

        @Schema(required = true, description = "What is wrong; empty when nothing is.")
        String problem) {

    static Archive of(ArchiveStatus status) {
        return new Archive(
                status.setup().isPresent(),
                status.setup().map(ArchiveSetup::target).orElse(null),
                status.setup().map(it -> it.every().toString()).orElse(null),
                status.setup().map(it -> it.keep().toString()).orElse(null),
                status.ranges().stream().map(Range::of).toList(),
                status.doing(),
                status.waiting(),
                status.problem());
    }

    @Schema(name = "ArchiveRange", description = "A span of time to any moment of which an instance can be restored.")
    record Range(
            @Schema(required = true) Instant from,
            @Schema(required = true) Instant until,
            @Schema(required = true) String target,

            @Schema(required = true, description = "Why it ended; empty when it goes on.")
            String end) {

        static Range of(ArchiveRange range) {
            return new Range(range.from(), range.until(), range.target(), range.end());
        }
    }
}
