package platform.core.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.core.api.PlatformException;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.State;

/** Apps in memory. */
final class FakeServices implements Services {

    static final Instant SINCE = Instant.parse("2026-11-20T10:00:00Z");

    final List<String> calls = new ArrayList<>();
    private final Map<String, ServiceInfo> apps = new TreeMap<>();

    FakeServices() {
        add("files", State.RUNNING, "");
        add("hello", State.FAILED, "Its component failed.");
    }

    void add(String name, State state, String reason) {
        add(name, "1.0.0", state, reason);
    }

    void add(String name, String version, State state, String reason) {
        Optional<Instant> next = state == State.FAILED ? Optional.of(SINCE.plusSeconds(4)) : Optional.empty();
        apps.put(name, new ServiceInfo(name, "The " + name, version, state, reason, SINCE, next, name + ".jar", 2));
    }

    @Override
    public List<ServiceInfo> list() {
        return List.copyOf(apps.values());
    }

    @Override
    public Optional<ServiceInfo> find(String name) {
        return Optional.ofNullable(apps.get(name));
    }

    @Override
    public void start(String name) {
        change("start", name, State.RUNNING);
    }

    @Override
    public void stop(String name) {
        change("stop", name, State.STOPPED);
    }

    private void change(String call, String name, State state) {
        calls.add(call + " " + name);
        if (!apps.containsKey(name)) {
            throw PlatformException.notFound("There is no app '" + name + "'.");
        }
        add(name, apps.get(name).version(), state, "");
    }
}
