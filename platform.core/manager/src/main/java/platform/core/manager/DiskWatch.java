package platform.core.manager;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;
import platform.core.api.InstanceInfo;
import platform.core.instance.Workers;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpaceListener;
import platform.db.api.DiskStatus;

/** Has the alarm about the disk follow its level, and say anew each minute how it stands. */
@Component(immediate = true)
public final class DiskWatch implements DiskSpaceListener {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final long REPEAT = Duration.ofMinutes(1).toNanos();

    private final InstanceManager instances;
    private final DatabaseStatistics statistics;
    private final Workers workers;
    private final DiskAlarms alarms;
    private final AtomicBoolean busy = new AtomicBoolean();
    private DiskLevel shown;
    private long shownAt;

    @Activate
    public DiskWatch(
            @Reference Alarms alarms,
            @Reference InstanceManager instances,
            @Reference DatabaseStatistics statistics,
            @Reference Workers workers) {
        this.instances = instances;
        this.statistics = statistics;
        this.workers = workers;
        this.alarms = new DiskAlarms(alarms, this::sizes);
    }

    /** What is on other servers takes none of the platform's disk. */
    private Map<String, Long> sizes() {
        Map<String, Long> byDatabase = statistics.databases().stream()
                .filter(DatabaseStatus::isEmbedded)
                .collect(Collectors.toMap(DatabaseStatus::name, DatabaseStatus::bytes));
        return instances.list().stream()
                .filter(instance -> byDatabase.containsKey(instance.database()))
                .collect(Collectors.toMap(DiskWatch::name, instance -> byDatabase.get(instance.database())));
    }

    private static String name(InstanceInfo instance) {
        return instance.id().toString();
    }

    /** Hands the work over: whoever looks at the disk must not wait for the databases. */
    @Override
    public void looked(DiskStatus status) {
        if (isNews(status.level()) && busy.compareAndSet(false, true)) {
            shown = status.level();
            shownAt = System.nanoTime();
            workers.pool().execute(() -> show(status));
        }
    }

    private boolean isNews(DiskLevel level) {
        boolean old = System.nanoTime() - shownAt > REPEAT;
        return level != shown || level != DiskLevel.OK && old;
    }

    private void show(DiskStatus status) {
        try {
            alarms.show(status);
        } catch (RuntimeException e) {
            LOG.error("The alarm about the disk could not be raised", e);
        } finally {
            busy.set(false);
        }
    }
}
