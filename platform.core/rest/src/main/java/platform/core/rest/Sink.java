package platform.core.rest;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.SinkInfo;

/** A place that alarms are told to. */
@Schema(name = "AlarmSink", description = "A place that alarms are told to.")
record Sink(
        @Schema(required = true) String name,

        @Schema(required = true, description = "With the user.")
        String address,

        @Schema(required = true, description = "Whether a password is kept for it.")
        boolean hasSecret,

        @Schema(description = "The file with the authorities that are believed; absent for those of Java.")
        String authorities,

        @Schema(
                required = true,
                description = "How bad an alarm must be to be told: warning, minor, major or critical.")
        String severity,

        @Schema(
                required = true,
                description = "How often an active alarm is told again, as in ISO 8601; PT0S for never.")
        String repeat,

        @Schema(description = "The sender of e-mail.") String from,

        @Schema(required = true, description = "Who gets e-mail.")
        List<String> to,

        @Schema(required = true, description = "How many messages wait to be told.")
        int waiting,

        @Schema(required = true, description = "Why the last attempt failed; empty when it did not.")
        String problem) {

    static Sink of(SinkInfo info) {
        return new Sink(
                info.name(),
                info.address(),
                info.hasSecret(),
                info.authorities().map(Path::toString).orElse(null),
                Names.of(info.severity()),
                info.repeat().toString(),
                info.from().orElse(null),
                info.to(),
                info.waiting(),
                info.problem());
    }
}
