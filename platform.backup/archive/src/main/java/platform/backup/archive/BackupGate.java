package platform.backup.archive;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpace;

/** Lets one run in at a time, on its one thread of low priority, and none while the disk is nearly full. */
@Component(service = BackupGate.class)
public final class BackupGate {

    private final Semaphore place = new Semaphore(1);
    private final BooleanSupplier diskIsVeryLow;
    private final ExecutorService thread;

    @Activate
    public BackupGate(@Reference DiskSpace disk) {
        this(
                () -> disk.status().level().reaches(DiskLevel.VERY_LOW),
                Executors.newSingleThreadExecutor(ScheduledRun::thread));
    }

    BackupGate(BooleanSupplier diskIsVeryLow, ExecutorService thread) {
        this.diskIsVeryLow = diskIsVeryLow;
        this.thread = thread;
    }

    /** Runs it soon, if nothing else runs; empty when it has begun, else why it has not, a sentence. */
    Optional<String> begin(Runnable run) {
        if (diskIsVeryLow.getAsBoolean()) {
            return Optional.of("The disk is nearly full, so no backup begins. Free some space.");
        }
        if (!place.tryAcquire()) {
            return Optional.of("Other backups are under way. Wait for their end.");
        }
        thread.execute(() -> {
            try {
                run.run();
            } finally {
                place.release();
            }
        });
        return Optional.empty();
    }

    @Deactivate
    void close() {
        thread.shutdownNow();
    }
}
