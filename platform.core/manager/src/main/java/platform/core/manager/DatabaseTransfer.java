package platform.core.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.CarriedInstance;
import platform.core.api.CreatedInstance;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.InstanceTransfer;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.instance.CodeScope;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.SpareDatabases;

/** Gives instances other databases. */
@Component
public final class DatabaseTransfer implements InstanceTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTransfer.class);
    private static final Duration VERIFY_LIMIT = Duration.ofMinutes(1);

    private final InstanceManager instances;
    private final AppServices services;
    private final DatabaseServers servers;
    private final SpareDatabases spares;
    private final Workers workers;
    private final ProvisioningListener listener;
    private final RestoreJournal journal;
    private final ProofTables proofs;

    @Activate
    public DatabaseTransfer(
            @Reference InstanceManager instances,
            @Reference AppServices services,
            @Reference ManagerDatabase database,
            @Reference DatabaseServers servers,
            @Reference SpareDatabases spares,
            @Reference Workers workers,
            @Reference ProvisioningListeners listeners) {
        this(instances, services, database.tables(), servers, spares, workers, listeners);
    }

    DatabaseTransfer(
            InstanceManager instances,
            AppServices services,
            ManagerTables tables,
            DatabaseServers servers,
            SpareDatabases spares,
            Workers workers,
            ProvisioningListener listener) {
        this.instances = instances;
        this.services = services;
        this.servers = servers;
        this.spares = spares;
        this.workers = workers;
        this.listener = listener;
        this.journal = new RestoreJournal(tables);
        this.proofs = new ProofTables(tables);
    }

    @Override
    public CarriedInstance carried(InstanceId id) {
        ManagedInstance instance = instances.require(id);
        Optional<AppFile> app = services.file(instance.record().app());
        return new CarriedInstance(
                instance.info(),
                instance.record().password(),
                instances.quotas().tables().read().getOrDefault(id, Map.of()),
                app.map(AppFile::version).orElse(""),
                app.map(AppFile::hash).orElse(""));
    }

    @Override
    public CreatedInstance create(InstanceSpec spec, Consumer<String> fill) {
        return instances.create(spec, FirstContent.of(fill, spec.limits()));
    }

    @Override
    public boolean prepare(InstanceId id) {
        ManagedInstance instance = instances.require(id);
        return instance.exclusively(id, () -> {
            if (!instances.hasDatabase(instance)) {
                instances.prepare(instance);
            }
            return instances.hasDatabase(instance);
        });
    }

    @Override
    public void replaceDatabase(InstanceId id, String spare, String kept, Map<String, String> settings) {
        ManagedInstance instance = instances.require(id);
        instance.exclusively(id, () -> {
            step(id, "journal");
            journal.begin(id, kept, settings);
            step(id, "stop");
            instance.stop(id + " is being restored.");
            step(id, "database");
            replace(instance, spare, kept);
            step(id, "settings");
            finish(instance, settings);
            step(id, "start");
            instances.gotDatabase(instance);
            instances.startIfPossible(instance);
            LOG.info("{} was restored", id);
            return null;
        });
    }

    private void step(InstanceId id, String name) {
        listener.beforeStep(id, "restore", name);
    }

    private void replace(ManagedInstance instance, String spare, String kept) {
        try {
            putInPlace(instance.record().database(), spare, kept);
        } catch (DatabaseException e) {
            if (!isReplaced(instance, kept, e)) {
                stay(instance, e);
            }
        }
    }

    private void putInPlace(String database, String spare, String kept) {
        if (kept.equals(database)) {
            spares.use(spare, database);
        } else {
            spares.replace(database, spare, kept);
        }
    }

    /** An answer that was lost may have been a yes. */
    private boolean isReplaced(ManagedInstance instance, String kept, DatabaseException failure) {
        try {
            return spares.exists(kept);
        } catch (DatabaseException e) {
            failure.addSuppressed(e);
            throw undecided(instance, failure);
        }
    }

    private void stay(ManagedInstance instance, DatabaseException failure) {
        InstanceId id = instance.record().id();
        journal.forget(id);
        instances.startIfPossible(instance);
        throw PlatformException.failed(
                id + " could not be given its restored database, and is as it was: " + failure.getMessage(), failure);
    }

    private void finish(ManagedInstance instance, Map<String, String> settings) {
        try {
            journal.finish(instance.record().id());
        } catch (PlatformException e) {
            throw undecided(instance, e);
        }
        instance.replaceRecord(instance.record().withSettings(Map.copyOf(settings)));
    }

    private static PlatformException undecided(ManagedInstance instance, RuntimeException failure) {
        String reason = "The restore of " + instance.record().id()
                + " was cut off; the next start of the platform finishes it or takes it back.";
        LOG.error(reason, failure);
        instance.explain(reason);
        return PlatformException.failed(reason + " Restart the platform: " + failure.getMessage(), failure);
    }

    @Override
    public void depart(InstanceId id, Departure departure) {
        ManagedInstance instance = instances.require(id);
        instance.exclusively(id, () -> {
            listener.beforeStep(id, "depart", departure.address().isPresent() ? "gone" : "leave");
            instances.departures().keep(instance.record(), departure);
            instance.depart(departure);
            LOG.info("{}: {}", id, departure.reason());
            return null;
        });
    }

    @Override
    public void stay(InstanceId id) {
        ManagedInstance instance = instances.require(id);
        instance.exclusively(id, () -> {
            listener.beforeStep(id, "depart", "stay");
            instances.departures().forget(instance.record());
            instances.startIfPossible(instance);
            LOG.info("{} stays on this platform", id);
            return null;
        });
    }

    @Override
    public Map<InstanceId, Departure> departures() {
        return instances.departures().of(instances.all());
    }

    @Override
    public boolean knowsSchema(String app, String version) {
        String script = "V" + version + "__";
        return services.running(app)
                .map(service -> service.migrations().stream()
                        .map(url -> url.getPath().substring(url.getPath().lastIndexOf('/') + 1))
                        .anyMatch(name -> name.replace('_', '.').startsWith(script.replace('_', '.'))))
                .orElse(true);
    }

    @Override
    public String verify(InstanceId id, String restored) {
        InstanceRecord record = instances.require(id).record();
        RunningService service = services.running(record.app())
                .orElseThrow(() -> PlatformException.conflict(
                        "The app '" + record.app() + "' does not run, so it cannot look at the backup. Start it."));
        DatabaseSpec its = record.databaseSpec();
        try (Database database =
                servers.on(record.server()).open(new DatabaseSpec(restored, its.role(), its.password()))) {
            database.migrate(service.migrations());
            CodeScope scope =
                    new CodeScope(record.app(), id, service.service().getClass().getClassLoader());
            workers.callWithin(
                    VERIFY_LIMIT,
                    () -> scope.call(() -> {
                        service.service().verify(database.dataSource(), record.settings());
                        return null;
                    }));
            return services.file(record.app()).map(AppFile::version).orElse("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PlatformException.failed("The app's look at the restored database was cancelled.", e);
        } catch (TimeoutException e) {
            throw PlatformException.failed(
                    "The app '" + record.app() + "' did not end to look at the restored database within a minute.", e);
        } catch (Exception | LinkageError e) {
            throw PlatformException.failed(
                    "The app '" + record.app() + "' finds that the restored database is not good: "
                            + (e.getMessage() == null ? e : e.getMessage()),
                    e);
        }
    }

    @Override
    public void noteProof(InstanceId id, Instant made, Instant at) {
        instances.require(id);
        proofs.note(id, made, at);
    }

    @Override
    public Map<Instant, Instant> proofs(InstanceId id) {
        return proofs.of(id);
    }

    @Override
    public Map<InstanceId, Instant> lastProofs() {
        return proofs.last();
    }
}
