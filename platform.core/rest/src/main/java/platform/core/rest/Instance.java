package platform.core.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.InstanceInfo;
import platform.core.api.State;

/**
 * An instance as it is now.
 *
 * @param id {@code name@domain}
 * @param reason why it is in its state; may be empty
 * @param nextAttempt when it is started again by itself; absent unless it has failed and that can help
 * @param host the host name that is its own; empty when it has none
 * @param formerPaths paths that redirect to its own, and until when
 * @param backupProved when a backup of it was last proved; absent when none was
 * @param usage what it uses, by metric, in lists only
 */
@Schema(description = "An instance as it is now.")
record Instance(
        @Schema(required = true, description = "name@domain")
        String id,

        @Schema(required = true) String app,

        @Schema(required = true, type = SchemaType.STRING, implementation = String.class)
        State state,

        @Schema(required = true, description = "Why it is in its state; may be empty.")
        String reason,

        @Schema(required = true) Instant since,

        @Schema(description = "When it is started again by itself.")
        Instant nextAttempt,

        @Schema(required = true) String path,

        @Schema(required = true, description = "The host name that is its own; may be empty.")
        String host,

        @Schema(required = true, description = "Paths that redirect to its own, and until when.")
        Map<String, Instant> formerPaths,

        @Schema(required = true) String database,

        @Schema(required = true, description = "The database server.")
        String server,

        @Schema(required = true) Map<String, String> settings,
        @Schema(required = true) Instant created,

        @Schema(required = true, description = "Its trace flags, which say what is logged in detail.")
        List<String> trace,

        @Schema(description = "When a backup of it was last proved; absent when none was.")
        Instant backupProved,

        @Schema(description = "What it uses, by metric and in the metric's unit; in lists only.")
        Map<String, Double> usage) {

    static Instance of(InstanceInfo info, Optional<Instant> proved, Map<String, Double> usage) {
        return new Instance(
                info.id().toString(),
                info.app(),
                info.state(),
                info.reason(),
                info.since(),
                info.nextAttempt().orElse(null),
                info.path(),
                info.host(),
                new TreeMap<>(info.formerPaths()),
                info.database(),
                info.server(),
                new TreeMap<>(info.settings()),
                info.created(),
                TraceFlags.words(info.trace()),
                proved.orElse(null),
                usage);
    }
}
