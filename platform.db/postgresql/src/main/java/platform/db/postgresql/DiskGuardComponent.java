package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpace;
import platform.db.api.DiskSpaceListener;
import platform.db.api.DiskStatus;

/**
 * Looks at the disk of the data folder for as long as this bundle is active, for the first time before the database starts:
 * that needs room, too. One thread, {@code disk-guard}, looks, sees to the reserve, and tells the listeners.
 */
@Component(service = DiskSpace.class, immediate = true, configurationPid = DiskConfig.PID)
@Designate(ocd = DiskConfig.class)
public final class DiskGuardComponent implements DiskSpace {

    private static final Logger LOG = LoggerFactory.getLogger(DiskGuardComponent.class);
    private static final long PAUSE_MILLIS = 1000;

    /** A writer can take a gigabyte in a second. */
    private static final long SHORT_PAUSE_MILLIS = 200;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.UPDATE)
    private final Collection<DiskSpaceListener> listeners = new CopyOnWriteArrayList<>();

    private final DiskGuard guard;
    private final DiskConditions conditions;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "disk-guard");
        thread.setDaemon(true);
        return thread;
    });
    private volatile DiskConfig config;
    private boolean blind;

    @Activate
    public DiskGuardComponent(BundleContext context, DiskConfig config) {
        Path data = Path.of(context.getProperty("platform.data")).toAbsolutePath();
        this.config = config;
        conditions = new DiskConditions(context);
        guard = new DiskGuard(new ReserveFile(data.resolve("disk-reserve")), new FolderDisk(data));
        look();
        timer.schedule(this::lookOn, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What the file system of a folder says. */
    private record FolderDisk(Path folder) implements DiskGuard.Disk {

        @Override
        public long total() throws IOException {
            return Files.getFileStore(folder).getTotalSpace();
        }

        @Override
        public long usable() throws IOException {
            return Files.getFileStore(folder).getUsableSpace();
        }
    }

    @Modified
    void configure(DiskConfig changed) {
        config = changed;
    }

    @Override
    public DiskStatus status() {
        return guard.status();
    }

    private void lookOn() {
        look();
        boolean calm = guard.status().level() == DiskLevel.OK;
        timer.schedule(this::lookOn, calm ? PAUSE_MILLIS : SHORT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            guard.look(config);
            blind = false;
        } catch (IOException e) {
            complain(e);
        }
        DiskStatus status = guard.status();
        conditions.show(status.level());
        listeners.forEach(listener -> tell(listener, status));
    }

    private void complain(IOException e) {
        if (!blind) {
            LOG.error(
                    "The disk's room or the reserve in the data folder cannot be seen to, look at the disk: {}", e, e);
        }
        blind = true;
    }

    private static void tell(DiskSpaceListener listener, DiskStatus status) {
        try {
            listener.looked(status);
        } catch (RuntimeException e) {
            LOG.error(
                    "{} fails to act on the disk being {}", listener.getClass().getName(), status.level(), e);
        }
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
        conditions.close();
    }
}
