package platform.core.rest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.core.api.AlarmSeverity;
import platform.core.api.PlatformException;
import platform.core.api.SinkInfo;
import platform.core.api.SinkSetup;

/** Sinks that are only remembered; one is there. */
final class FakeAlarmSinks {

    final Map<String, SinkSetup> all = new TreeMap<>();

    FakeAlarmSinks() {
        add(new SinkSetup(
                "noc",
                "https://me@noc/",
                Optional.of("sesame"),
                Optional.empty(),
                AlarmSeverity.MAJOR,
                Optional.empty(),
                Optional.empty(),
                List.of()));
    }

    List<SinkInfo> list() {
        return all.values().stream().map(FakeAlarmSinks::info).toList();
    }

    private static SinkInfo info(SinkSetup it) {
        return new SinkInfo(
                it.name(),
                it.address(),
                it.secret().isPresent(),
                it.authorities(),
                it.severity(),
                it.repeat().orElse(Duration.ofMinutes(30)),
                it.from(),
                it.to(),
                0,
                "");
    }

    SinkInfo add(SinkSetup setup) {
        all.put(setup.name(), setup);
        return info(setup);
    }

    void remove(String name) {
        all.remove(name);
    }

    String test(String name) {
        if (name.equals("off")) {
            throw PlatformException.failed("The sink does not answer. Look whether it is on.", null);
        }
        return "204 No Content";
    }
}
