package platform.backup.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.MovedDatabase;
import platform.core.api.State;
import platform.webserver.api.WebSocketStatistics;

/** Instances in a list, which can only be looked at. */
final class ListedInstances implements Instances {

    final List<InstanceInfo> all = new ArrayList<>();

    ListedInstances with(String id, String app) {
        return with(id, app, Map.of());
    }

    ListedInstances with(String id, String app, Map<String, String> settings) {
        all.add(new InstanceInfo(
                InstanceId.parse(id),
                app,
                State.RUNNING,
                "",
                Instant.EPOCH,
                "/" + id,
                "",
                Map.of(),
                id,
                "embedded",
                settings,
                Instant.EPOCH));
        return this;
    }

    void without(String id) {
        all.removeIf(it -> it.id().toString().equals(id));
    }

    @Override
    public List<InstanceInfo> list() {
        return List.copyOf(all);
    }

    @Override
    public Optional<InstanceInfo> find(InstanceId id) {
        return all.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    @Override
    public MovedDatabase moveDatabase(InstanceId id, String server, Consumer<String> progress) {
        throw onlyLooked();
    }

    @Override
    public <T> T whilePaused(String reason, Supplier<T> work) {
        throw onlyLooked();
    }

    @Override
    public <T> T exclusively(InstanceId id, Supplier<T> work) {
        throw onlyLooked();
    }

    private static UnsupportedOperationException onlyLooked() {
        return new UnsupportedOperationException("These instances can only be looked at");
    }

    @Override
    public CreatedInstance create(InstanceSpec spec) {
        throw onlyLooked();
    }

    @Override
    public void delete(InstanceId id) {
        throw onlyLooked();
    }

    @Override
    public void start(InstanceId id) {
        throw onlyLooked();
    }

    @Override
    public void stop(InstanceId id) {
        throw onlyLooked();
    }

    @Override
    public InstanceInfo edit(InstanceId id, InstanceChange change) {
        throw onlyLooked();
    }

    @Override
    public String setPassword(InstanceId id, Optional<String> password, Duration grace) {
        throw onlyLooked();
    }

    @Override
    public void rotateDatabasePassword(InstanceId id) {
        throw onlyLooked();
    }

    @Override
    public long databaseSize(InstanceId id) {
        throw onlyLooked();
    }

    @Override
    public WebSocketStatistics webSockets(InstanceId id) {
        throw onlyLooked();
    }
}
