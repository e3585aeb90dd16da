package platform.core.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.MovedDatabase;
import platform.core.api.PlatformException;
import platform.core.api.State;
import platform.core.api.TraceFlag;
import platform.webserver.api.WebSocketStatistics;

/** Instances in memory. */
final class FakeInstances implements Instances {

    String paused = "";

    static final String GENERATED = "gen-3rated";

    final Map<InstanceId, InstanceInfo> infos = new TreeMap<>();
    final List<String> passwords = new ArrayList<>();
    final List<InstanceId> rotated = new ArrayList<>();
    volatile InstanceSpec lastSpec;
    volatile InstanceChange lastChange;
    volatile State stateOfNew = State.RUNNING;
    volatile RuntimeException failure;

    /** What a start waits for. */
    final CountDownLatch gate = new CountDownLatch(1);

    final CountDownLatch starting = new CountDownLatch(1);
    final CountDownLatch started = new CountDownLatch(1);
    volatile boolean gated;

    FakeInstances with(String id, String app) {
        create(InstanceSpec.of(InstanceId.parse(id), app));
        lastSpec = null;
        return this;
    }

    @Override
    public CreatedInstance create(InstanceSpec spec) {
        failIfSet();
        lastSpec = spec;
        if (infos.containsKey(spec.id())) {
            throw PlatformException.conflict("The instance " + spec.id() + " exists.");
        }
        InstanceId id = spec.id();
        String reason = stateOfNew == State.FAILED ? "It has no disk." : "";
        InstanceInfo info = new InstanceInfo(
                id,
                spec.app(),
                stateOfNew,
                reason,
                FakeServices.SINCE,
                Optional.empty(),
                spec.path().orElse("/" + id.domain() + "/" + id.name()),
                spec.host().orElse(""),
                Map.of(),
                spec.database().orElse(id.domain() + "_" + id.name()),
                spec.server().orElse("embedded"),
                spec.settings(),
                Instant.parse("2026-11-19T09:00:00Z"),
                spec.trace());
        infos.put(id, info);
        return new CreatedInstance(info, spec.password().orElse(GENERATED));
    }

    @Override
    public void delete(InstanceId id) {
        infos.remove(known(id));
    }

    @Override
    public void start(InstanceId id) {
        if (gated) {
            awaitGate();
        }
        state(id, State.RUNNING);
        started.countDown();
    }

    @Override
    public String setPassword(InstanceId id, Optional<String> password, Duration grace) {
        failIfSet();
        passwords.add(known(id) + " " + password.orElse("") + " " + grace);
        return password.orElse(GENERATED);
    }

    @Override
    public void rotateDatabasePassword(InstanceId id) {
        failIfSet();
        rotated.add(known(id));
    }

    private void awaitGate() {
        starting.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted in the middle of the work.", e);
        }
    }

    @Override
    public void stop(InstanceId id) {
        state(id, State.STOPPED);
    }

    @Override
    public InstanceInfo edit(InstanceId id, InstanceChange change) {
        lastChange = change;
        InstanceInfo i = infos.get(known(id));
        Map<String, String> settings = new TreeMap<>(i.settings());
        settings.putAll(change.settings());
        settings.values().removeIf(String::isEmpty);
        put(
                i,
                i.state(),
                change.path().orElse(i.path()),
                change.host().orElse(i.host()),
                settings,
                change.trace().orElse(i.trace()));
        return infos.get(id);
    }

    @Override
    public MovedDatabase moveDatabase(InstanceId id, String server, Consumer<String> progress) {
        known(id);
        progress.accept("comparing");
        return new MovedDatabase(id, "embedded", server, 7, Duration.ofMillis(1500), FakeServices.SINCE);
    }

    @Override
    public <T> T whilePaused(String reason, Supplier<T> work) {
        paused = reason;
        return work.get();
    }

    @Override
    public <T> T exclusively(InstanceId id, Supplier<T> work) {
        known(id);
        return work.get();
    }

    @Override
    public List<InstanceInfo> list() {
        failIfSet();
        return List.copyOf(infos.values());
    }

    @Override
    public Optional<InstanceInfo> find(InstanceId id) {
        return Optional.ofNullable(infos.get(id));
    }

    @Override
    public long databaseSize(InstanceId id) {
        return 7_500_000;
    }

    @Override
    public WebSocketStatistics webSockets(InstanceId id) {
        return new WebSocketStatistics(3, 5, 1, 2, 1200, 11, 4000, 900, 4, 0, 6, Duration.ofMillis(20));
    }

    private void state(InstanceId id, State state) {
        InstanceInfo i = infos.get(known(id));
        put(i, state, i.path(), i.host(), i.settings(), i.trace());
    }

    private void put(
            InstanceInfo i, State state, String path, String host, Map<String, String> settings, Set<TraceFlag> trace) {
        infos.put(
                i.id(),
                new InstanceInfo(
                        i.id(),
                        i.app(),
                        state,
                        "",
                        i.since(),
                        Optional.empty(),
                        path,
                        host,
                        i.formerPaths(),
                        i.database(),
                        i.server(),
                        settings,
                        i.created(),
                        trace));
    }

    private InstanceId known(InstanceId id) {
        if (!infos.containsKey(id)) {
            throw PlatformException.notFound("There is no instance " + id + ".");
        }
        return id;
    }

    private void failIfSet() {
        if (failure != null) {
            throw failure;
        }
    }
}
