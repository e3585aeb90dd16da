package platform.core.manager;

import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;
import platform.core.api.CreatedInstance;
import platform.core.api.Departure;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.MovedDatabase;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.instance.Workers;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServers;
import platform.db.api.Quotas;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketStatistics;
import platform.webserver.api.Webserver;

/** The instances: read from the manager's database at the start, changed by administrators, run with their services. */
@Component(
        immediate = true,
        service = {Instances.class, InstanceManager.class})
public final class InstanceManager implements Instances, ServiceObserver {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceManager.class);

    /** How long requests wait for an instance that starts with the platform. */
    private static final Duration START = Duration.ofSeconds(10);

    private static final String NO_DATABASE =
            "Its database is missing. Restore a backup of it with backup:restore, or delete it.";

    private final NavigableMap<InstanceId, ManagedInstance> instances = new ConcurrentSkipListMap<>();
    /** The databases that instances should have, and have not: they wait for a backup. */
    private final Set<String> missingDatabases = ConcurrentHashMap.newKeySet();

    private final Set<String> unwantedServices = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final ManagerTables tables;
    private final DatabaseServers servers;
    private final AppServices services;
    private final Workers workers;
    private final Alarms alarms;
    private final Provisioner provisioner;
    private final InstanceFactory factory;
    private final RenameJournal renameJournal;
    private final PasswordRotation rotation;
    private final RestoreJournal restoreJournal;
    private final DatabaseMove move;
    private final QuotaBook quotas;
    private final Departures departures;

    @Activate
    public InstanceManager(
            BundleContext context,
            @Reference ManagerDatabase database,
            @Reference DatabaseServers servers,
            @Reference Quotas quotas,
            @Reference Webserver webserver,
            @Reference AppServices services,
            @Reference Workers workers,
            @Reference Supervision supervision,
            @Reference Alarms alarms,
            @Reference ProvisioningListeners listeners) {
        this(
                PlatformFolders.of(context),
                database.tables(),
                servers,
                quotas,
                webserver,
                services,
                workers,
                supervision,
                alarms,
                listeners,
                Clock.systemUTC());
    }

    InstanceManager(
            PlatformFolders folders,
            ManagerTables tables,
            DatabaseServers servers,
            Quotas quotas,
            Webserver webserver,
            AppServices services,
            Workers workers,
            Supervision supervision,
            Alarms alarms,
            ProvisioningListener listener,
            Clock clock) {
        this.clock = clock;
        this.tables = tables;
        this.servers = servers;
        this.services = services;
        this.workers = workers;
        this.alarms = alarms;
        this.quotas = new QuotaBook(new QuotaTables(tables), quotas);
        this.provisioner = new Provisioner(tables, servers, this.quotas, folders, listener);
        this.factory =
                new InstanceFactory(folders, servers, webserver, workers, supervision, alarms, clock, provisioner);
        this.renameJournal = new RenameJournal(tables, folders);
        this.rotation = new PasswordRotation(tables, servers);
        this.restoreJournal = new RestoreJournal(tables);
        this.move = new DatabaseMove(tables, servers, listener, clock);
        finishWhatWasCutOff();
        this.departures = new Departures(tables);
        List<InstanceRecord> records = tables.instances(true);
        records.stream().collect(Collectors.groupingBy(InstanceRecord::server)).forEach(this::findMissingDatabases);
        records.forEach(this::load);
        webserver.allOpened();
        unwantedServices.addAll(tables.unwantedServices());
    }

    /** What is on a server that is away is taken to be there. */
    private void findMissingDatabases(String server, List<InstanceRecord> records) {
        try {
            Set<String> present = servers.on(server).databases();
            records.stream()
                    .map(InstanceRecord::database)
                    .filter(name -> !present.contains(name))
                    .forEach(missingDatabases::add);
        } catch (DatabaseException e) {
            LOG.warn("Whether instances have their databases on {} is not known: {}", server, e.getMessage());
        }
    }

    private void finishWhatWasCutOff() {
        renameJournal.takeBackAtStart();
        for (InstanceRecord instance : tables.instances(false)) {
            LOG.warn(
                    "{} was being made or removed when the platform ended; what is left of it is removed",
                    instance.id());
            finishRemoval(instance);
        }
        rotation.finishWhatWasCutOff();
        List<InstanceRecord> whole = tables.instances(true);
        Map<InstanceId, String> serverOf =
                whole.stream().collect(Collectors.toMap(InstanceRecord::id, InstanceRecord::server));
        restoreJournal.finishWhatWasCutOff(id -> servers.on(serverOf.get(id)).databases());
        move.finishWhatWasCutOff(whole);
    }

    /** What is on a server that is away is left to the next start. */
    private void finishRemoval(InstanceRecord instance) {
        try {
            remove(instance);
        } catch (DatabaseException e) {
            LOG.error("{} is not removed yet; the next start does it: {}", instance.id(), e.getMessage());
        }
    }

    private void remove(InstanceRecord instance) {
        provisioner.remove(instance);
        alarms.clearAll(instance.id().toString());
    }

    private void load(InstanceRecord record) {
        try {
            ManagedInstance instance = factory.load(record.asOf(clock.instant()));
            instances.put(record.id(), instance);
            instance.explain(
                    record.wanted() ? "Its app " + record.app() + " does not run." : "An administrator stopped it.");
            Optional<Departure> departure = departures.of(record);
            departure.ifPresent(instance::depart);
            if (departure.isEmpty() && record.wanted()) {
                instance.expect(START);
            }
        } catch (PlatformException e) {
            LOG.error("{} is left out: its path cannot be opened", record.id(), e);
        }
    }

    /** Starts the services and, with them, the instances that are wanted; returns when each has been tried. */
    void run() {
        services.attach(this);
    }

    @Deactivate
    void close() {
        services.detach();
        instances
                .values()
                .forEach(instance -> instance.exclusively(() -> {
                    instance.abandon();
                    return null;
                }));
    }

    @Override
    public CreatedInstance create(InstanceSpec spec) {
        List<URL> migrations =
                services.running(spec.app()).map(RunningService::migrations).orElse(List.of());
        return create(spec, FirstContent.schema(migrations, spec.limits()));
    }

    CreatedInstance create(InstanceSpec spec, FirstContent first) {
        spec.limits().forEach(QuotaDefaults::check);
        services.requireApp(spec.app());
        InstanceRecord record = InstanceDefaults.complete(spec, servers.defaultName(), clock);
        factory.checkFree(record, instances.values());
        ManagedInstance instance = factory.make(record, first);
        instance.limit(spec.limits().isEmpty() ? quotas.loadDefaults() : quotas.loadLimits(record.id()));
        instances.put(record.id(), instance);
        instance.exclusively(() -> {
            startIfPossible(instance);
            return null;
        });
        return new CreatedInstance(instance.info(), record.password());
    }

    @Override
    public void delete(InstanceId id) {
        ManagedInstance instance = require(id);
        instance.exclusively(id, () -> {
            instance.stop(id + " is being removed.");
            try {
                remove(instance.record());
            } catch (RuntimeException e) {
                instance.explain("Its removal was cut off: " + e.getMessage());
                throw PlatformException.failed(
                        id + " could not be removed: " + e.getMessage() + " Try again, or restart the platform.", e);
            }
            instance.abandon();
            instances.remove(id);
            departures.deleted(instance.record());
            LOG.info("{} removed", id);
            return null;
        });
    }

    @Override
    public void start(InstanceId id) {
        ManagedInstance instance = require(id);
        instance.exclusively(id, () -> {
            departures.mustBeHere(instance.record());
            RunningService service = services.running(instance.record().app())
                    .orElseThrow(() -> PlatformException.conflict(id + " cannot start: its app "
                            + instance.record().app() + " does not run; app:list says why."));
            if (!hasDatabase(instance)) {
                throw PlatformException.conflict(id + " cannot start: " + NO_DATABASE);
            }
            keep(instance, instance.record().withWanted(true));
            instance.release();
            instance.start(service);
            return null;
        });
    }

    @Override
    public void stop(InstanceId id) {
        ManagedInstance instance = require(id);
        instance.exclusively(id, () -> {
            keep(instance, instance.record().withWanted(false));
            instance.stop("An administrator stopped it.");
            return null;
        });
    }

    @Override
    public InstanceInfo edit(InstanceId id, InstanceChange change) {
        change.password().ifPresent(InstanceDefaults::checkPassword);
        ManagedInstance instance = require(id);
        return instance.exclusively(id, () -> {
            departures.mustBeHere(instance.record());
            InstanceRecord changed = InstanceEdit.apply(change, instance.record(), clock);
            factory.checkHost(changed);
            if (changed.path().equals(instance.record().path())) {
                boolean concernsApp = InstanceEdit.concernsApp(instance.record(), changed);
                keep(instance, changed);
                instance.alias();
                instance.trace();
                if (concernsApp) {
                    takeOver(instance);
                }
            } else {
                factory.checkPath(changed, instances.values());
                move(instance, changed);
            }
            return instance.info();
        });
    }

    /** Makes a running instance go on with its changed record. */
    void takeOver(ManagedInstance instance) {
        if (instance.isRunning() && !instance.reconfigure()) {
            instance.stop(instance.record().id() + " is restarting with its new settings.");
            startIfPossible(instance);
        }
    }

    private void move(ManagedInstance instance, InstanceRecord changed) {
        WebPath newPath = factory.openNext(changed, instance.executor());
        try {
            keep(instance, changed);
        } catch (RuntimeException e) {
            newPath.close();
            throw e;
        }
        boolean restart = instance.isRunning();
        if (restart) {
            instance.stop(changed.id() + " is moving to " + changed.path() + ".");
        }
        instance.move(newPath);
        instance.alias();
        if (restart) {
            startIfPossible(instance);
        }
    }

    private void keep(ManagedInstance instance, InstanceRecord changed) {
        if (!changed.equals(instance.record())) {
            tables.update(changed);
            instance.replaceRecord(changed);
        }
    }

    /** Starts it if it and its service should run. Why it does not is in its state. */
    void startIfPossible(ManagedInstance instance) {
        InstanceRecord record = instance.record();
        Optional<RunningService> service = services.running(record.app());
        Optional<Departure> departure = departures.of(record);
        if (departure.isPresent()) {
            instance.depart(departure.get());
        } else if (!record.wanted()) {
            instance.explain("An administrator stopped it.");
        } else if (!hasDatabase(instance)) {
            instance.explain(NO_DATABASE);
        } else if (service.isEmpty()) {
            instance.explain("Its app " + record.app() + " does not run; app:list says why.");
        } else {
            tryToStart(instance, service.get());
        }
    }

    boolean hasDatabase(ManagedInstance instance) {
        return !missingDatabases.contains(instance.record().database());
    }

    /** Makes what its database needs, where that is missing. */
    void prepare(ManagedInstance instance) {
        provisioner.prepare(instance.record());
    }

    /** It has its database now. */
    void gotDatabase(ManagedInstance instance) {
        if (missingDatabases.remove(instance.record().database())) {
            quotas.apply(List.of(instance.record()));
        }
    }

    private static void tryToStart(ManagedInstance instance, RunningService service) {
        try {
            instance.start(service);
        } catch (RuntimeException e) {
            LOG.error("{} does not start", instance.record().id(), e);
        }
    }

    @Override
    public String setPassword(InstanceId id, Optional<String> password, Duration grace) {
        password.ifPresent(InstanceDefaults::checkPassword);
        InstanceEdit.checkGrace(grace);
        ManagedInstance instance = require(id);
        return instance.exclusively(id, () -> {
            String next = password.orElseGet(InstanceDefaults::newPassword);
            InstanceRecord before = instance.record();
            keep(instance, InstanceEdit.withNewPassword(before, next, grace, clock.instant()));
            takeOver(instance);
            LOG.info("{} has a new password", id);
            return next;
        });
    }

    @Override
    public void rotateDatabasePassword(InstanceId id) {
        ManagedInstance instance = require(id);
        instance.exclusively(id, () -> {
            rotation.rotate(instance);
            return null;
        });
    }

    @Override
    public MovedDatabase moveDatabase(InstanceId id, String server, Consumer<String> progress) {
        ManagedInstance instance = require(id);
        return instance.exclusively(id, () -> {
            departures.mustBeHere(instance.record());
            return move.run(instance, server, () -> startWithQuotas(instance), progress);
        });
    }

    /** The server that its database is on has not been told of its limits yet, perhaps. */
    private void startWithQuotas(ManagedInstance instance) {
        try {
            quotas.apply(List.of(instance.record()));
        } catch (DatabaseException e) {
            LOG.warn(
                    "The quotas of {} are not in force yet: {}",
                    instance.record().id(),
                    e.getMessage());
        }
        startIfPossible(instance);
    }

    @Override
    public <T> T whilePaused(String reason, Supplier<T> work) {
        return ManagedInstance.exclusively(all(), () -> {
            List<ManagedInstance> paused =
                    all().stream().filter(ManagedInstance::isRunning).toList();
            paused.forEach(instance -> instance.stop(reason));
            try {
                return work.get();
            } finally {
                paused.forEach(this::startIfPossible);
            }
        });
    }

    @Override
    public <T> T exclusively(InstanceId id, Supplier<T> work) {
        return require(id).exclusively(id, work);
    }

    @Override
    public List<InstanceInfo> list() {
        return instances.values().stream().map(ManagedInstance::info).toList();
    }

    @Override
    public Optional<InstanceInfo> find(InstanceId id) {
        return Optional.ofNullable(instances.get(id)).map(ManagedInstance::info);
    }

    @Override
    public long databaseSize(InstanceId id) {
        InstanceRecord record = require(id).record();
        try {
            return servers.on(record.server()).size(record.database());
        } catch (DatabaseException e) {
            LOG.debug("The database of {} cannot be measured", id, e);
            return 0;
        }
    }

    @Override
    public WebSocketStatistics webSockets(InstanceId id) {
        return require(id).webSockets();
    }

    /** All instances, by id. */
    List<ManagedInstance> all() {
        return List.copyOf(instances.values());
    }

    /** Those that go to another platform. */
    Departures departures() {
        return departures;
    }

    /** What the instances may use. */
    QuotaBook quotas() {
        return quotas;
    }

    InstanceFactory factory() {
        return factory;
    }

    RenameJournal renameJournal() {
        return renameJournal;
    }

    /** An instance is known by its new id from now on; what it still has to alarm of, it says under that. */
    void renamed(InstanceId old, ManagedInstance instance) {
        InstanceId id = instance.record().id();
        instances.put(id, instance);
        if (!id.equals(old)) {
            instances.remove(old);
            alarms.clearAll(old.toString());
        }
    }

    /**
     * @throws PlatformException NOT_FOUND
     */
    ManagedInstance require(InstanceId id) {
        ManagedInstance instance = instances.get(id);
        if (instance == null) {
            throw PlatformException.notFound("There is no instance " + id + "; instance:list shows the instances.");
        }
        return instance;
    }

    @Override
    public boolean isWanted(String app) {
        return !unwantedServices.contains(app);
    }

    @Override
    public void setWanted(String app, boolean wanted) {
        tables.setServiceWanted(app, wanted);
        if (wanted) {
            unwantedServices.remove(app);
        } else {
            unwantedServices.add(app);
        }
    }

    @Override
    public PlaceRecord place(String app) {
        return tables.places().find(app);
    }

    @Override
    public void setPlace(String app, PlaceRecord place) {
        tables.places().keep(app, place);
    }

    @Override
    public void serviceRestarting(String app, Duration patience) {
        of(app).forEach(instance -> instance.hold(patience));
    }

    @Override
    public void serviceStarted(String app) {
        workers.forEach(
                new AskedFirst<>(of(app), ManagedInstance::isAwaited),
                instance -> instance.exclusively(() -> {
                    startIfPossible(instance);
                    return null;
                }));
    }

    @Override
    public void serviceStopping(String app, String reason) {
        workers.forEach(
                of(app),
                instance -> instance.exclusively(() -> {
                    instance.stop(reason);
                    return null;
                }));
    }

    @Override
    public int countInstances(String app) {
        return of(app).size();
    }

    private Collection<ManagedInstance> of(String app) {
        return instances.values().stream()
                .filter(instance -> instance.record().app().equals(app))
                .toList();
    }
}
