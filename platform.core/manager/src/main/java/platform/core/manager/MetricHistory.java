package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.MetricPoint;

/** Keeps what was measured in three rings, the longer ago the coarser. Its space is fixed: 6,120 rows. */
final class MetricHistory {

    static final Duration STEP = Duration.ofSeconds(10);

    private final List<MetricRing> finestFirst = List.of(
            new MetricRing(STEP, Duration.ofHours(1)),
            new MetricRing(Duration.ofMinutes(1), Duration.ofDays(1)),
            new MetricRing(Duration.ofMinutes(10), Duration.ofDays(30)));
    private final MetricTables tables;
    private final Clock clock;

    MetricHistory(MetricTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** Takes the next sample, and writes what is complete with it. */
    synchronized void add(MetricSample sample) {
        for (MetricRing ring : finestFirst) {
            ring.add(sample).ifPresent(complete -> tables.write(ring, complete));
        }
    }

    /** Writes what is not complete yet. */
    synchronized void flush() {
        for (MetricRing ring : finestFirst) {
            ring.take().ifPresent(sample -> tables.write(ring, sample));
        }
    }

    /** By the finest ring that reaches so far back, as far as the coarsest does. */
    List<MetricPoint> read(Optional<InstanceId> instance, Instant since) {
        Duration age = Duration.between(since, clock.instant());
        MetricRing coarsest = finestFirst.get(finestFirst.size() - 1);
        MetricRing ring = finestFirst.stream()
                .filter(it -> age.compareTo(it.age()) <= 0)
                .findFirst()
                .orElse(coarsest);
        Instant oldest = clock.instant().minus(ring.age());
        return tables.read(ring, instance, since.isBefore(oldest) ? oldest : since);
    }
}
