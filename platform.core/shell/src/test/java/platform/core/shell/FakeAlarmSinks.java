package platform.core.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import platform.core.api.AlarmSinks;
import platform.core.api.PlatformException;
import platform.core.api.SinkInfo;
import platform.core.api.SinkSetup;

/** Remembers what is added. */
final class FakeAlarmSinks implements AlarmSinks {

    final List<SinkSetup> added = new ArrayList<>();

    @Override
    public List<SinkInfo> list() {
        return added.stream().map(FakeAlarmSinks::info).toList();
    }

    private static SinkInfo info(SinkSetup setup) {
        return new SinkInfo(
                setup.name(),
                setup.address(),
                setup.secret().isPresent(),
                setup.authorities(),
                setup.severity(),
                setup.repeat().orElse(Duration.ofMinutes(30)),
                setup.from(),
                setup.to(),
                3,
                "The server is away");
    }

    @Override
    public SinkInfo add(SinkSetup setup) {
        added.add(setup);
        return info(setup);
    }

    @Override
    public void remove(String name) {
        if (!added.removeIf(it -> it.name().equals(name))) {
            throw PlatformException.notFound("There is no alarm sink '" + name + "'.");
        }
    }

    @Override
    public String test(String name) {
        return "HTTP 200: {\"result\":\"ok\"}";
    }
}
