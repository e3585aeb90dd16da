package platform.backup.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import platform.core.api.CarriedInstance;
import platform.core.api.CreatedInstance;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.QuotaKind;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.State;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.SpareDatabases;

/** A manager whose instances have databases on a real server, and nothing else. */
final class FakeInstances implements InstanceTransfer {

    final Map<InstanceId, InstanceInfo> all = new TreeMap<>();
    final Map<InstanceId, Map<Instant, Instant>> proofs = new HashMap<>();
    private final Databases databases;
    private final SpareDatabases spares;
    final Map<InstanceId, Departure> departed = new ConcurrentHashMap<>();
    Runnable beforeDeparture = () -> {};
    Instant created = Instant.EPOCH;
    final List<String> verified = new ArrayList<>();
    String appVersion = "1.0.0";
    private String appSha256 = "abcd";

    private Optional<Path> jar = Optional.empty();
    String knownSchema = "1";
    Optional<String> objection = Optional.empty();

    final Map<InstanceId, Map<QuotaKind, Optional<Long>>> limits = new HashMap<>();

    FakeInstances(Databases databases, SpareDatabases spares) {
        this.databases = databases;
        this.spares = spares;
    }

    /** From now on the app is what is in this file: it holds the version in place of a jar. Its hash is that of now. */
    void adopt(Path file) throws IOException {
        jar = Optional.of(file);
        appSha256 = Part.of("", Files.readAllBytes(file)).sha256();
    }

    InstanceInfo add(InstanceId id, String database, Map<String, String> settings) {
        return add(id, database, "embedded", settings);
    }

    InstanceInfo add(InstanceId id, String database, String server, Map<String, String> settings) {
        InstanceInfo info = new InstanceInfo(
                id,
                "notes",
                State.RUNNING,
                "",
                Instant.EPOCH,
                "/" + id.domain() + "/" + id.name(),
                "",
                Map.of(),
                database,
                server,
                settings,
                created);
        all.put(id, info);
        return info;
    }

    /** Those of the many methods that backups use. */
    Instances instances() {
        return (Instances) Proxy.newProxyInstance(
                FakeInstances.class.getClassLoader(),
                new Class<?>[] {Instances.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.ofNullable(all.get((InstanceId) arguments[0]));
                    case "list" -> List.copyOf(all.values());
                    case "delete" -> all.remove((InstanceId) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    Services services() {
        return (Services) Proxy.newProxyInstance(
                FakeInstances.class.getClassLoader(),
                new Class<?>[] {Services.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> notes().filter(it -> it.name().equals(arguments[0]));
                    case "list" -> notes().stream().toList();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Optional<ServiceInfo> notes() {
        return Optional.of(
                        new ServiceInfo("notes", "Notes", version(), State.RUNNING, "", Instant.EPOCH, "notes.jar", 1))
                .filter(it -> !it.version().isEmpty());
    }

    private String version() {
        try {
            return jar.isEmpty() ? appVersion : Files.exists(jar.get()) ? Files.readString(jar.get()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InstanceInfo require(InstanceId id) {
        return Optional.ofNullable(all.get(id))
                .orElseThrow(() -> PlatformException.notFound("There is no instance " + id + "."));
    }

    @Override
    public CarriedInstance carried(InstanceId id) {
        return new CarriedInstance(
                require(id), "password of " + id, limits.getOrDefault(id, Map.of()), version(), appSha256);
    }

    @Override
    public boolean prepare(InstanceId id) {
        String name = require(id).database();
        if (!databases.roles().contains(name)) {
            databases.createRole(new DatabaseSpec(name, name, "password"));
        }
        return databases.databases().contains(name);
    }

    @Override
    public void replaceDatabase(InstanceId id, String spare, String kept, Map<String, String> settings) {
        String database = require(id).database();
        if (kept.equals(database)) {
            spares.use(spare, database);
        } else {
            spares.replace(database, spare, kept);
        }
        add(id, require(id).database(), settings);
    }

    @Override
    public CreatedInstance create(InstanceSpec spec, Consumer<String> fill) {
        String name = spec.database().orElse(spec.id().toString());
        DatabaseSpec database = new DatabaseSpec(name, name, "password");
        databases.createRole(database);
        databases.createDatabase(database);
        try {
            fill.accept(name);
        } catch (RuntimeException e) {
            databases.dropDatabase(name);
            databases.dropRole(name);
            throw e;
        }
        limits.put(spec.id(), spec.limits());
        return new CreatedInstance(
                add(spec.id(), name, spec.server().orElse("embedded"), spec.settings()),
                spec.password().orElse("made"));
    }

    @Override
    public void depart(InstanceId id, Departure departure) {
        beforeDeparture.run();
        departed.put(id, departure);
    }

    @Override
    public void stay(InstanceId id) {
        departed.remove(id);
    }

    @Override
    public Map<InstanceId, Departure> departures() {
        return Map.copyOf(departed);
    }

    @Override
    public boolean knowsSchema(String app, String version) {
        return version.equals(knownSchema);
    }

    @Override
    public String verify(InstanceId id, String database) {
        verified.add(database);
        objection.ifPresent(it -> {
            throw PlatformException.failed(it, null);
        });
        return appVersion;
    }

    @Override
    public void noteProof(InstanceId id, Instant made, Instant at) {
        require(id);
        proofs.computeIfAbsent(id, it -> new HashMap<>()).put(made, at);
    }

    @Override
    public Map<Instant, Instant> proofs(InstanceId id) {
        return proofs.getOrDefault(id, Map.of());
    }

    @Override
    public Map<InstanceId, Instant> lastProofs() {
        Map<InstanceId, Instant> last = new HashMap<>();
        proofs.forEach((id, all) -> last.put(id, Collections.max(all.values())));
        return last;
    }
}
