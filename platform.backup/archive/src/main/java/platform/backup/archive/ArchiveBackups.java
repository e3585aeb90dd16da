package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupKeys;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.Backups;
import platform.backup.api.CloneResult;
import platform.backup.api.DrillResult;
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

    private final Path folder;
    private final Supplier<DiskLevel> disk;
    private final InstanceTransfer instances;
    private final SpareDatabases spares;
    private final Clock clock;
    private final KeyRing keyRing;
    private final BackupMaker maker;
    private final BackupOpener opener;
    private final Restorer restorer;
    private final TableRestorer tables;
    private final Drill drill;
    private final Cloner cloner;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(ArchiveBackups::thread);

    @Activate
    public ArchiveBackups(
            BackupConfig config,
            @Reference Platform platform,
            @Reference Instances instances,
            @Reference Services services,
            @Reference InstanceTransfer transfer,
            @Reference Databases databases,
            @Reference Dumps dumps,
            @Reference SpareDatabases spares,
            @Reference DiskSpace disk) {
        this(
                config,
                platform.data(),
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
            Instances instances,
            Services services,
            InstanceTransfer transfer,
            Databases databases,
            Dumps dumps,
            SpareDatabases spares,
            Supplier<DiskLevel> disk,
            Clock clock) {
        this.folder = data.resolve("backups");
        this.disk = disk;
        this.instances = transfer;
        this.spares = spares;
        this.clock = clock;
        this.keyRing =
                new KeyRing(data.resolve("secrets").resolve("backup.keys"), config.own_key(), recipients(config));
        this.maker = new BackupMaker(transfer, dumps, keyRing);
        this.opener = new BackupOpener(keyRing);
        RestorePlanner planner = new RestorePlanner(instances, services, spares);
        this.restorer = new Restorer(opener, planner, transfer, dumps, spares, clock);
        this.tables = new TableRestorer(opener, restorer, transfer, dumps, spares);
        this.cloner = new Cloner(transfer, dumps);
        this.drill = new Drill(restorer, transfer, databases, dumps, spares, clock);
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
    public BackupRun run(String instance, Path to, BackupProgress progress) {
        if (!to.isAbsolute()) {
            throw new BackupException(
                    "The folder " + to + " is not absolute: the platform runs elsewhere; name it from / on");
        }
        mustHaveRoom(to);
        BackupRun run = maker.run(instance, to, progress);
        LOG.info(
                "{} was backed up to {}, {} bytes",
                instance,
                run.backup().file(),
                run.backup().bytes());
        return run;
    }

    /** A backup must not fill the disk that the platform lives on; other disks are somebody else's. */
    private void mustHaveRoom(Path to) {
        if (disk.get().reaches(DiskLevel.VERY_LOW) && isOnOurDisk(to)) {
            throw new BackupException("The platform's disk is nearly full, so no backup begins on it: free some space"
                    + " (platform:disk shows what uses most), or name a folder on another disk");
        }
    }

    private boolean isOnOurDisk(Path to) {
        try {
            Path there = to;
            while (!Files.exists(there)) {
                there = there.getParent();
            }
            return Files.getFileStore(there).equals(Files.getFileStore(folder.getParent()));
        } catch (IOException e) {
            throw new BackupException("On which disk " + to + " is cannot be seen: " + e, e);
        }
    }

    /** Makes a backup on a target, under this name. A new key is left for who asks for it. */
    BackupMaker.Made run(String instance, Target target, String name) {
        BackupMaker.Made made = maker.run(instance, target, header -> name, BackupProgress.NONE);
        LOG.info("{} was backed up to {}: {}, {} bytes", instance, target.describe(), name, made.bytes());
        return made;
    }

    @Override
    public List<BackupFile> list(Path from) {
        return list(from, "");
    }

    private List<BackupFile> list(Path from, String prefix) {
        try {
            Map<String, Map<Instant, Instant>> proofs = new HashMap<>();
            return new FolderTarget(from)
                    .list(prefix).stream()
                            .flatMap(kept -> BackupName.parse(kept.name()).stream()
                                    .map(name -> file(from.resolve(kept.name()), name, kept.bytes(), proofs)))
                            .sorted(Comparator.comparing(BackupFile::instance).thenComparing(BackupFile::made))
                            .toList();
        } catch (IOException e) {
            throw new BackupException("The folder " + from + " cannot be read: " + e, e);
        }
    }

    private BackupFile file(Path file, BackupName name, long bytes, Map<String, Map<Instant, Instant>> proofs) {
        Map<Instant, Instant> its =
                proofs.computeIfAbsent(name.instance(), id -> instances.proofs(InstanceId.parse(id)));
        return new BackupFile(file, name.instance(), name.made(), bytes, Optional.ofNullable(its.get(name.made())));
    }

    @Override
    public Optional<BackupFile> newest(String instance, Path from) {
        return list(from, instance + "/").stream()
                .filter(it -> it.instance().equals(instance))
                .reduce((older, newer) -> newer);
    }

    @Override
    public BackupManifest verify(Path file, BackupProgress progress) {
        return opener.verify(file, progress);
    }

    @Override
    public RestorePlan plan(RestoreRequest request) {
        return restorer.plan(request);
    }

    @Override
    public RestoreResult restore(RestoreRequest request, BackupProgress progress) {
        RestoreResult result = restorer.restore(request, progress);
        LOG.info("{} was restored from {}", result.instance(), request.file());
        return result;
    }

    @Override
    public TablesResult restoreTables(TablesRequest request, BackupProgress progress) {
        TablesResult result = tables.restore(request, progress);
        LOG.info("{}: tables were restored from {}: {}", result.instance(), request.file(), result.tables());
        return result;
    }

    @Override
    public DrillResult drill(Path file, boolean appCheck, BackupProgress progress) {
        return drill.run(file.toString(), step -> opener.open(file, step, progress), appCheck);
    }

    /** Proves a backup on a target, by all that there is. */
    DrillResult drill(Target target, String name) {
        DrillResult result = drill.run(
                name + " on " + target.describe(), step -> opener.read(target.read(name, 0), List.of()), true);
        LOG.info("{} on {} was proved", name, target.describe());
        return result;
    }

    /** Writes an instance to a file that is no backup of this platform's. */
    BackupMaker.Made export(String instance, Path file, List<String> recipients, BackupProgress progress) {
        mustHaveRoom(file.getParent());
        return maker.run(
                instance, new SingleFile(file), header -> file.getFileName().toString(), () -> recipients, progress);
    }

    RestoreResult importFrom(RestoreRequest request, List<String> keys, BackupProgress progress) {
        return restorer.makeNew(request, step -> opener.open(request.file(), keys, step, progress));
    }

    @Override
    public CloneResult clone(String instance, String as, BackupProgress progress) {
        CloneResult result = cloner.run(instance, as, progress);
        LOG.info("{} was cloned to {}", instance, as);
        return result;
    }

    @Override
    public Optional<Instant> lastProved(String instance) {
        return instances.proofs(InstanceId.parse(instance)).values().stream().max(Comparator.naturalOrder());
    }

    @Override
    public BackupKeys keys() {
        return keyRing.keys();
    }
}
