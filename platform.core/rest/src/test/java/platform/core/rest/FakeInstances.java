package platform.core.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.MovedDatabase;
import platform.core.api.PlatformException;
import platform.core.api.State;
import platform.core.api.TraceFlag;

/** Instances that are only remembered; {@code acme@example.com} and {@code bolt@example.org} are there. */
final class FakeInstances {

    private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");

    final Map<InstanceId, InstanceInfo> all = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** What starting waits for. */
    CountDownLatch mayStart = new CountDownLatch(0);

    /** For what reasons all were stopped. */
    final List<String> pauses = new CopyOnWriteArrayList<>();

    int starts;
    boolean broken;

    FakeInstances() {
        create(InstanceSpec.of(InstanceId.parse("acme@example.com"), "files"));
        create(InstanceSpec.of(InstanceId.parse("bolt@example.org"), "files"));
    }

    CreatedInstance create(InstanceSpec spec) {
        if (all.containsKey(spec.id())) {
            throw PlatformException.conflict("There is an instance " + spec.id() + " already. Use another name.");
        }
        put(spec.id(), State.RUNNING, spec.path().orElse("/" + spec.id()), spec.settings(), spec.trace());
        return new CreatedInstance(all.get(spec.id()), "made-up");
    }

    private void put(InstanceId id, State state, String path, Map<String, String> settings, Set<TraceFlag> trace) {
        all.put(
                id,
                new InstanceInfo(
                        id,
                        "files",
                        state,
                        "",
                        MADE,
                        Optional.empty(),
                        path,
                        "",
                        Map.of(),
                        "db_" + id,
                        "default",
                        settings,
                        MADE,
                        trace));
    }

    void delete(InstanceId id) {
        all.remove(id);
    }

    void start(InstanceId id) throws InterruptedException {
        mayStart.await();
        starts++;
        set(id, State.RUNNING);
    }

    void stop(InstanceId id) {
        set(id, State.STOPPED);
    }

    private void set(InstanceId id, State state) {
        put(id, state, all.get(id).path(), all.get(id).settings(), all.get(id).trace());
    }

    InstanceInfo edit(InstanceId id, InstanceChange change) {
        InstanceInfo former = all.get(id);
        Map<String, String> settings = new TreeMap<>(former.settings());
        settings.putAll(change.settings());
        settings.values().removeIf(String::isEmpty);
        put(
                id,
                former.state(),
                change.path().orElse(former.path()),
                settings,
                change.trace().orElse(former.trace()));
        return all.get(id);
    }

    String setPassword(InstanceId id, Optional<String> password, Duration grace) {
        return password.orElse("made-up");
    }

    void rotateDatabasePassword(InstanceId id) {}

    MovedDatabase moveDatabase(InstanceId id, String server, Consumer<String> progress) {
        if (!server.equals("pg1")) {
            throw PlatformException.invalid("There is no server " + server + ". Look at the list of servers.");
        }
        progress.accept("1,000 rows");
        return new MovedDatabase(id, all.get(id).server(), server, 1000, Duration.ofMillis(1500), MADE);
    }

    Object exclusively(InstanceId id, Supplier<?> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Object whilePaused(String reason, Supplier<?> work) {
        pauses.add(reason);
        return work.get();
    }

    List<InstanceInfo> list() {
        if (broken) {
            throw new IllegalStateException("A mistake, as a test wants it");
        }
        return List.copyOf(all.values());
    }

    Optional<InstanceInfo> find(InstanceId id) {
        return Optional.ofNullable(all.get(id));
    }

    long databaseSize(InstanceId id) {
        return 8_000_000;
    }
}
