package platform.core.manager;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.core.api.MetricFamily;
import platform.core.api.MetricPoint;
import platform.core.api.Metrics;
import platform.core.api.PlatformException;
import platform.core.instance.Workers;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.DiskSpace;
import platform.webserver.api.Webserver;

/** Looks at what everybody uses every ten seconds, on a worker; at the sizes of the databases, which take longer, every minute. */
@Component(immediate = true)
public final class MetricWatch implements Metrics {

    private static final Logger LOG = LoggerFactory.getLogger(MetricWatch.class);
    private static final int LOOKS_BETWEEN_DATABASES = 6;

    private final InstanceManager instances;
    private final Webserver webserver;
    private final DatabaseStatistics statistics;
    private final DiskSpace disk;
    private final Workers workers;
    private final MetricHistory history;
    private final Clock clock;
    private final ScheduledFuture<?> timer;
    private volatile Map<String, DatabaseStatus> databases = Map.of();
    private volatile List<MetricPoint> latest = List.of();
    private MetricReading former;
    private int looks;
    private boolean away;

    @Activate
    public MetricWatch(
            @Reference ManagerDatabase database,
            @Reference InstanceManager instances,
            @Reference Webserver webserver,
            @Reference DatabaseStatistics statistics,
            @Reference DiskSpace disk,
            @Reference Workers workers) {
        this(database.tables(), instances, webserver, statistics, disk, workers, Clock.systemUTC());
    }

    MetricWatch(
            ManagerTables tables,
            InstanceManager instances,
            Webserver webserver,
            DatabaseStatistics statistics,
            DiskSpace disk,
            Workers workers,
            Clock clock) {
        this.instances = instances;
        this.webserver = webserver;
        this.statistics = statistics;
        this.disk = disk;
        this.workers = workers;
        this.clock = clock;
        this.history = new MetricHistory(new MetricTables(tables), clock);
        this.former = read();
        long step = MetricHistory.STEP.toSeconds();
        this.timer = workers.timer().scheduleAtFixedRate(this::lookSoon, step, step, TimeUnit.SECONDS);
    }

    /** The timer's thread only hands over. */
    private void lookSoon() {
        try {
            workers.pool().execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("The platform stops", e);
        }
    }

    /** One look at everything. */
    synchronized void look() {
        if (looks++ % LOOKS_BETWEEN_DATABASES == 0) {
            askDatabases();
        }
        MetricReading now = read();
        MetricSample sample = now.since(former);
        former = now;
        latest = points(sample);
        keep(() -> history.add(sample));
    }

    private void askDatabases() {
        try {
            databases = statistics.databases().stream()
                    .collect(Collectors.toMap(DatabaseStatus::name, Function.identity(), (one, copy) -> one));
        } catch (DatabaseException e) {
            LOG.debug("The databases cannot be measured now", e);
            databases = Map.of();
        }
    }

    private MetricReading read() {
        Map<InstanceId, InstanceUse> uses = new LinkedHashMap<>();
        for (ManagedInstance instance : instances.all()) {
            InstanceUse use = instance.use(
                    Optional.ofNullable(databases.get(instance.record().database())));
            uses.put(use.id(), use);
        }
        PlatformUse platform = PlatformUse.now(disk.status(), webserver.requests());
        return new MetricReading(clock.instant(), System.nanoTime(), workers.hasCpuTime(), platform, uses);
    }

    private static List<MetricPoint> points(MetricSample sample) {
        List<MetricPoint> points = new ArrayList<>();
        points.add(MetricSample.point(Optional.empty(), sample.at(), sample.platform()));
        sample.instances()
                .forEach((id, values) -> points.add(MetricSample.point(Optional.of(id), sample.at(), values)));
        return points;
    }

    /** What cannot be written while the database is away is a gap in what is kept. */
    private void keep(Runnable write) {
        try {
            write.run();
            away = false;
        } catch (PlatformException e) {
            if (!away) {
                LOG.warn("What is measured cannot be kept now: {}", e.getMessage());
            }
            away = true;
        }
    }

    @Override
    public List<MetricFamily> families() {
        return MetricFamilies.of(read(), webserver.refusals());
    }

    @Override
    public List<MetricPoint> latest() {
        return latest;
    }

    @Override
    public List<MetricPoint> history(Optional<InstanceId> instance, Instant since) {
        instance.ifPresent(instances::require);
        return history.read(instance, since);
    }

    @Deactivate
    synchronized void close() {
        timer.cancel(false);
        keep(history::flush);
    }
}
