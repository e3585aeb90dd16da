package platform.core.rest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.AlarmSeverity;
import platform.core.api.SinkSetup;

/** A place that alarms shall be told to. */
@Schema(name = "NewAlarmSink", description = "A place that alarms shall be told to.")
record NewSink(
        @Schema(
                required = true,
                description = "Without a password: http:, https:, smtp:, smtps:, syslog:, syslog+tcp: or syslog+tls:.",
                examples = "https://platform@events.example.com/alarms")
        String address,

        @Schema(description = "The password of the user in the address.")
        String secret,

        @Schema(description = "A file on the platform's machine with the authorities that are believed, in PEM.")
        String authorities,

        @Schema(description = "How bad an alarm must be to be told: warning, which is usual, minor, major or critical.")
        String severity,

        @Schema(
                description = "How often an active alarm is told again; PT0S for never. By default PT30M by HTTP, else"
                        + " never.",
                type = SchemaType.STRING,
                examples = "PT30M")
        Duration repeat,

        @Schema(description = "The sender of e-mail.") String from,
        @Schema(description = "Who gets e-mail.") List<String> to) {

    SinkSetup setup(String name) {
        return new SinkSetup(
                name,
                Required.property("address", address),
                Optional.ofNullable(secret),
                Optional.ofNullable(authorities).map(it -> Values.path("authorities", it)),
                severity == null ? AlarmSeverity.WARNING : Names.constant("severity", AlarmSeverity.values(), severity),
                Optional.ofNullable(repeat).map(it -> Times.span("repeat", it)),
                Optional.ofNullable(from),
                List.copyOf(Required.elements("to", to)));
    }

    @Override
    public String toString() {
        return "NewSink[" + address + "]";
    }
}
