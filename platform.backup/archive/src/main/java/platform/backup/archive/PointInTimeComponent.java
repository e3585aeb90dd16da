package platform.backup.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.ArchiveStatus;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.PointInTime;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;
import platform.core.api.Alarms;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.db.api.DatabaseServers;
import platform.db.api.Databases;
import platform.db.api.DiskSpace;
import platform.db.api.Recovery;
import platform.db.api.SpareDatabases;
import platform.db.api.WalArchive;

/** Continuous archiving while the platform and its own database server run. */
@Component(service = PointInTime.class, immediate = true, configurationPid = KeptPointInTime.PID)
@Designate(ocd = PointInTimeConfig.class)
public final class PointInTimeComponent implements PointInTime {

    private static final Logger LOG = LoggerFactory.getLogger(PointInTimeComponent.class);
    private static final int SECONDS = 5;

    private final KeptPointInTime kept;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(ScheduledRun::thread);
    private final ExecutorService bases = Executors.newSingleThreadExecutor(ScheduledRun::thread);

    @Activate
    public PointInTimeComponent(
            PointInTimeConfig config,
            @Reference Platform platform,
            @Reference ArchiveBackups backups,
            @Reference Targets targets,
            @Reference Instances instances,
            @Reference InstanceTransfer transfer,
            @Reference WalArchive wal,
            @Reference Recovery recovery,
            @Reference DatabaseServers servers,
            @Reference Databases databases,
            @Reference SpareDatabases spares,
            @Reference DiskSpace disk,
            @Reference Alarms alarms) {
        Path data = platform.data();
        Clock clock = Clock.systemUTC();
        ArchiveBook book = new ArchiveBook(data.resolve("backups/state/point-in-time.json"));
        ArchiveStore.Opener stores =
                chain -> new ArchiveStore(targets.openToWrite(chain.target()), chain, backups.keyRing());
        this.kept = new KeptPointInTime(
                book,
                wal,
                new Archiver(book, wal, stores, () -> disk.status().level(), clock),
                new BaseBackups(book, wal, stores, bases, clock),
                new ArchiveAlarms(alarms, book, clock),
                new TimeRestorer(
                        book,
                        stores,
                        recovery,
                        instances,
                        transfer,
                        servers.defaultName(),
                        databases,
                        spares,
                        backups,
                        data.resolve("backups/.point-in-time"),
                        clock),
                data.resolve("etc"),
                clock);
        modified(config);
        timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Modified
    void modified(PointInTimeConfig config) {
        try {
            kept.take(KeptPointInTime.setup(config), KeptPointInTime.keep(config));
        } catch (BackupException e) {
            LOG.error("etc/{}.cfg is unusable: {}", KeptPointInTime.PID, e.getMessage());
            kept.refuse("etc/" + KeptPointInTime.PID + ".cfg is unusable: " + e.getMessage());
        }
    }

    private void look() {
        try {
            kept.tick();
        } catch (RuntimeException e) {
            LOG.error("The archive could not be looked after; that is tried again in a moment", e);
        }
    }

    @Deactivate
    void close() {
        timer.shutdownNow();
        bases.shutdownNow();
    }

    @Override
    public ArchiveStatus on(ArchiveSetup setup) {
        return kept.on(setup);
    }

    @Override
    public ArchiveStatus off() {
        return kept.off();
    }

    @Override
    public ArchiveStatus removeEnded() {
        return kept.removeEnded();
    }

    @Override
    public ArchiveStatus status() {
        return kept.status();
    }

    @Override
    public TimeRestorePlan plan(TimeRestoreRequest request) {
        return kept.plan(request);
    }

    @Override
    public RestoreResult restore(TimeRestoreRequest request, BackupProgress progress) {
        return kept.restore(request, progress);
    }
}
