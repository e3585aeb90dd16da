package platform.db.postgresql;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.Maintenance;
import platform.db.api.MaintenanceResult;

/** Tidies up all databases in a window of each night, one after the other, while they stay in use. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "platform.db.postgresql")
@Designate(ocd = MaintenanceConfig.class)
public final class NightlyMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(NightlyMaintenance.class);

    private static final int LOOK_SECONDS = 20;

    private final DatabaseStatistics statistics;
    private final Maintenance maintenance;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(NightlyMaintenance::thread);

    @Activate
    public NightlyMaintenance(
            @Reference DatabaseStatistics statistics, @Reference Maintenance maintenance, MaintenanceConfig config) {
        this.statistics = statistics;
        this.maintenance = maintenance;
        window(config).ifPresent(this::watch);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "postgresql-nightly");
        thread.setDaemon(true);
        return thread;
    }

    private static Optional<MaintenanceWindow> window(MaintenanceConfig config) {
        try {
            return MaintenanceWindow.of(config);
        } catch (DatabaseException e) {
            LOG.error("There is no nightly maintenance: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void watch(MaintenanceWindow window) {
        WindowWatch watch = new WindowWatch(window, ZonedDateTime.now());
        timer.scheduleWithFixedDelay(
                () -> watch.begun(ZonedDateTime.now()).ifPresent(this::tidy),
                LOOK_SECONDS,
                LOOK_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Does what fits into the time, the largest database first: most is won there. */
    void tidy(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        try {
            statistics.databases().stream()
                    .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
                    .map(DatabaseStatus::name)
                    .takeWhile(name -> !Thread.currentThread().isInterrupted())
                    .forEach(name -> tidy(name, end - System.nanoTime()));
        } catch (RuntimeException e) {
            LOG.warn("The nightly maintenance has ended early: {}", e.getMessage());
        }
    }

    private void tidy(String database, long nanos) {
        if (nanos <= 0) {
            return;
        }
        try {
            MaintenanceResult result = maintenance.tidy(
                    database, Duration.ofNanos(nanos), step -> LOG.debug("Tidying {}: {}", database, step));
            if (result.tables() > 0 || !result.skipped().isEmpty()) {
                LOG.info(
                        "Tidied the database '{}' in {} s: {} steps, {} bytes before, {} after; skipped: {}",
                        database,
                        result.took().toSeconds(),
                        result.tables(),
                        result.bytesBefore(),
                        result.bytesAfter(),
                        result.skipped());
            }
        } catch (DatabaseException e) {
            LOG.warn("The database '{}' was not tidied: {}", database, e.getMessage());
        }
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
    }
}
