package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupKeys;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.CloneResult;
import platform.backup.api.DrillResult;
import platform.backup.api.ExportRequest;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;
import platform.backup.api.TablesRequest;
import platform.backup.api.TablesResult;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.Services;
import platform.db.api.Databases;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpace;
import platform.db.api.Dumps;
import platform.db.api.SpareDatabases;

/** Backups as encrypted archives in folders. */
@Component(
        configurationPid = "platform.backup.archive",
        service = {Backups.class, ArchiveBackups.class})
@Designate(ocd = BackupConfig.class)
public final class ArchiveBackups implements Backups {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveBackups.class);
    private static final int SWEEP_MINUTES = 5;

    /** Files that come into the apps folder are seen within some seconds; then the app has to start. */
    private static final Duration APP_START = Duration.ofSeconds(60);

    private final Path folder;
    private final DiskRoom room;
    private final InstanceTransfer instances;
    private final SpareDatabases spares;
    private final Clock clock;
    private final KeyRing keyRing;
    private final Targets targets;
    private final BackupMaker maker;
    private final BackupOpener opener;
    private final Restorer restorer;
    private final TableRestorer tables;
    private final Drill drill;
    private final Cloner cloner;
    private final AppFolder apps;
    private final AppInstaller installer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(ArchiveBackups::thread);

    @Activate
    public ArchiveBackups(
            BundleContext context,
            BackupConfig config,
            @Reference Platform platform,
            @Reference Instances instances,
            @Reference Services services,
            @Reference InstanceTransfer transfer,
            @Reference Databases databases,
            @Reference Dumps dumps,
            @Reference SpareDatabases spares,
            @Reference DiskSpace disk,
            @Reference Targets targets) {
        this(
                config,
                platform.data(),
                new ManagerContent(platform.data(), defaults(context), platform.version(), instances, services),
                targets,
                instances,
                services,
                transfer,
                databases,
                dumps,
                spares,
                () -> disk.status().level(),
                Clock.systemUTC());
        timer.scheduleWithFixedDelay(this::sweep, 1, SWEEP_MINUTES, TimeUnit.MINUTES);
    }

    ArchiveBackups(
            BackupConfig config,
            Path data,
            BackupContent manager,
            Targets targets,
            Instances instances,
            Services services,
            InstanceTransfer transfer,
            Databases databases,
            Dumps dumps,
            SpareDatabases spares,
            Supplier<DiskLevel> disk,
            Clock clock) {
        this.folder = data.resolve("backups");
        this.room = new DiskRoom(data, disk);
        this.instances = transfer;
        this.spares = spares;
        this.clock = clock;
        this.keyRing =
                new KeyRing(data.resolve("secrets").resolve("backup.keys"), config.own_key(), recipients(config));
        this.targets = targets;
        this.maker = new BackupMaker(transfer, manager, dumps, keyRing, room);
        this.opener = new BackupOpener(keyRing, targets);
        RestorePlanner planner = new RestorePlanner(instances, services, spares);
        this.restorer = new Restorer(planner, transfer, dumps, spares, clock);
        this.tables = new TableRestorer(restorer, transfer, dumps, spares);
        this.cloner = new Cloner(transfer, dumps, planner);
        this.apps = new AppFolder(data.resolve("apps"), services, APP_START);
        this.installer = new AppInstaller(planner, apps, opener, this::list, folder, data.resolve("cache"));
        this.drill = new Drill(restorer, transfer, databases, dumps, spares, clock);
    }

    private static Path defaults(BundleContext context) {
        return Path.of(String.valueOf(context.getProperty("platform.home"))).resolve("etc");
    }

    private static List<String> recipients(BackupConfig config) {
        return Arrays.stream(config.recipients().split(","))
                .map(String::strip)
                .filter(recipient -> !recipient.isEmpty())
                .toList();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "backup-sweep");
        thread.setDaemon(true);
        return thread;
    }

    /** For whom all that leaves the platform is encrypted. */
    KeyRing keyRing() {
        return keyRing;
    }

    BackupMaker maker() {
        return maker;
    }

    /** The server may be away for a moment; the next time comes. */
    void sweep() {
        try {
            spares.dropExpired(clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("The databases that were kept long enough cannot be dropped now: {}", e.getMessage());
        }
    }

    @Deactivate
    void close() {
        timer.shutdownNow();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public BackupRun run(String instance, String place, BackupProgress progress) {
        if (place.startsWith("/")) {
            room.mustBeIn(Path.of(place));
        }
        targets.mustTake(place, instance);
        BackupRun run = at(place, target -> maker.run(instance, target, place, progress));
        LOG.info(
                "{} was backed up to {}, {} bytes",
                instance,
                run.backup().file(),
                run.backup().bytes());
        return run;
    }

    /** What is done at a place. */
    private interface Work<T> {
        T with(Target target) throws IOException;
    }

    private <T> T at(String place, Work<T> work) {
        try (Target target = targets.openPlace(place)) {
            return work.with(target);
        } catch (IOException e) {
            throw new BackupException(place + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Makes a backup on a target, under this name. A new key is left for who asks for it. */
    BackupMaker.Made run(String instance, Target target, String name, BackupProgress progress) {
        BackupMaker.Made made = maker.run(instance, target, header -> name, progress);
        LOG.info("{} was backed up to {}: {}, {} bytes", instance, target.describe(), name, made.bytes());
        return made;
    }

    @Override
    public List<BackupFile> list(String place) {
        return list(place, "");
    }

    private List<BackupFile> list(String place, String prefix) {
        Map<String, Map<Instant, Instant>> proofs = new HashMap<>();
        return at(place, target -> target.list(prefix)).stream()
                .flatMap(kept -> BackupName.parse(kept.name()).stream()
                        .map(name -> file(new BackupSource(place, kept.name()), name, kept.bytes(), proofs)))
                .sorted(Comparator.comparing(BackupFile::instance).thenComparing(BackupFile::made))
                .toList();
    }

    private BackupFile file(BackupSource file, BackupName name, long bytes, Map<String, Map<Instant, Instant>> proofs) {
        Map<Instant, Instant> its = proofs.computeIfAbsent(name.instance(), this::proofs);
        return new BackupFile(file, name.instance(), name.made(), bytes, Optional.ofNullable(its.get(name.made())));
    }

    private Map<Instant, Instant> proofs(String instance) {
        return instance.equals(MANAGER) ? Map.of() : instances.proofs(InstanceId.parse(instance));
    }

    @Override
    public Optional<BackupFile> newest(String instance, String place) {
        return list(place).stream()
                .filter(it -> it.instance().equals(instance))
                .max(Comparator.comparing(BackupFile::made));
    }

    @Override
    public BackupManifest verify(BackupSource file, BackupProgress progress) {
        return opener.verify(file, progress);
    }

    @Override
    public RestorePlan plan(RestoreRequest request) {
        StoredBackup backup = opener.find(request.file());
        return request.install() ? installer.plan(backup, request) : restorer.plan(backup, RestoreInto.of(request));
    }

    @Override
    public RestoreResult restore(RestoreRequest request, BackupProgress progress) {
        StoredBackup backup = opener.find(request.file());
        if (request.install()) {
            installer.install(backup, request, plan -> Restorer.possible(backup, plan));
        }
        return restore(backup, RestoreInto.of(request), progress);
    }

    RestoreResult restore(StoredBackup backup, RestoreInto into, BackupProgress progress) {
        RestoreResult result = restorer.restore(backup, into, progress);
        LOG.info("{} was restored from {}", result.instance(), backup);
        return result;
    }

    @Override
    public TablesResult restoreTables(TablesRequest request, BackupProgress progress) {
        TablesResult result =
                tables.restore(opener.find(request.file()), request.tables(), request.replace(), progress);
        LOG.info("{}: tables were restored from {}: {}", result.instance(), request.file(), result.tables());
        return result;
    }

    @Override
    public DrillResult drill(BackupSource file, boolean appCheck, BackupProgress progress) {
        DrillResult result = drill.run(opener.find(file), appCheck, progress);
        LOG.info("{} was proved", file);
        return result;
    }

    /** Writes an instance to a file that is no backup of this platform's. */
    BackupMaker.Made export(ExportRequest request, List<String> recipients, BackupProgress progress) {
        Path file = request.file();
        room.mustBeIn(file.getParent());
        return (request.withApp() ? maker.with(apps) : maker)
                .run(
                        InstanceId.parse(request.instance()).toString(),
                        new SingleFile(file),
                        header -> file.getFileName().toString(),
                        () -> recipients,
                        dump -> {},
                        progress);
    }

    /** @param keys secret keys that are tried besides the platform's own */
    RestoreResult importFrom(RestoreRequest request, List<String> keys, BackupProgress progress) {
        StoredBackup backup = opener.find(request.file(), keys);
        if (request.install()) {
            installer.install(backup, request, plan -> Restorer.mustBeNew(backup, plan));
        }
        return restorer.makeNew(backup, RestoreInto.of(request), (database, rows) -> {}, progress);
    }

    /** What it takes to make an instance of a copy. */
    RestorePlan plan(BackupHeader header) {
        return restorer.plan(header);
    }

    /** @param finish is given the database and its rows before the instance is complete */
    RestoreResult receive(StoredBackup copy, Optional<String> as, BiConsumer<String, Map<String, Long>> finish) {
        return restorer.makeNew(copy, RestoreInto.renamed(as), finish, BackupProgress.NONE);
    }

    @Override
    public RestorePlan planClone(String instance, String as, Optional<String> server) {
        return cloner.plan(instance, as, server);
    }

    @Override
    public CloneResult clone(String instance, String as, Optional<String> server, BackupProgress progress) {
        CloneResult result = cloner.run(instance, as, server, progress);
        LOG.info("{} was cloned to {}", instance, as);
        return result;
    }

    @Override
    public Optional<Instant> lastProved(String instance) {
        return proofs(instance).values().stream().max(Comparator.naturalOrder());
    }

    @Override
    public BackupKeys keys() {
        return keyRing.keys();
    }

    @Override
    public BackupKeys publicKeys() {
        return keyRing.publicKeys();
    }
}
