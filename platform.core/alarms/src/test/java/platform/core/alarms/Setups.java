package platform.core.alarms;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.SinkSetup;

/** Sinks and alarms for tests. */
final class Setups {

    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final Sender SENDER = new Sender("box.example.com", "0a1b2c3d4e5f");

    private Setups() {}

    static SinkSetup sink(String address) {
        return sink(address, Optional.empty(), Optional.empty());
    }

    static SinkSetup sink(String address, Optional<String> secret, Optional<Path> authorities) {
        boolean isMail = address.startsWith("smtp");
        return new SinkSetup(
                "noc",
                address,
                secret,
                authorities,
                AlarmSeverity.WARNING,
                Optional.empty(),
                isMail ? Optional.of("platform@example.com") : Optional.empty(),
                isMail ? List.of("me@example.com") : List.of());
    }

    static SinkSetup repeated(String address, AlarmSeverity severity, Duration repeat) {
        return new SinkSetup(
                "noc",
                address,
                Optional.empty(),
                Optional.empty(),
                severity,
                Optional.of(repeat),
                Optional.empty(),
                List.of());
    }

    static AlarmInfo alarm(String code, AlarmSeverity severity) {
        AlarmSpec spec = new AlarmSpec(
                "platform", code, severity, "It is broken", "Somebody dropped it.", List.of("platform:disk"));
        return AlarmInfo.of(spec, START, START, 1);
    }

    static AlarmEvent event(String code) {
        return AlarmEvent.of(alarm(code, AlarmSeverity.CRITICAL));
    }
}
