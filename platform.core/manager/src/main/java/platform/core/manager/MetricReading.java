package platform.core.manager;

import static platform.core.api.MetricSeries.BUSY;
import static platform.core.api.MetricSeries.CPU;
import static platform.core.api.MetricSeries.DATABASE_CONNECTIONS;
import static platform.core.api.MetricSeries.DATABASE_SIZE;
import static platform.core.api.MetricSeries.DISK;
import static platform.core.api.MetricSeries.ERRORS;
import static platform.core.api.MetricSeries.GC;
import static platform.core.api.MetricSeries.HEAP;
import static platform.core.api.MetricSeries.IN_FLIGHT;
import static platform.core.api.MetricSeries.LATENCY_P95;
import static platform.core.api.MetricSeries.LATENCY_P99;
import static platform.core.api.MetricSeries.MEMORY;
import static platform.core.api.MetricSeries.MESSAGES;
import static platform.core.api.MetricSeries.NETWORK_IN;
import static platform.core.api.MetricSeries.NETWORK_OUT;
import static platform.core.api.MetricSeries.POSTGRESQL_CPU;
import static platform.core.api.MetricSeries.POSTGRESQL_MEMORY;
import static platform.core.api.MetricSeries.QUEUE;
import static platform.core.api.MetricSeries.REQUESTS;
import static platform.core.api.MetricSeries.SOCKETS;
import static platform.core.api.MetricSeries.THREADS;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import platform.core.api.InstanceId;
import platform.core.api.MetricSeries;
import platform.webserver.api.RequestStatistics;

/**
 * All counters as they are at one moment.
 *
 * @param nanos the moment as {@link System#nanoTime()} has it
 * @param hasCpuTime whether the processor time of instances is known
 */
record MetricReading(
        Instant at, long nanos, boolean hasCpuTime, PlatformUse platform, Map<InstanceId, InstanceUse> instances) {

    private static final List<MetricSeries> SUMS =
            List.of(SOCKETS, MESSAGES, BUSY, QUEUE, DATABASE_SIZE, DATABASE_CONNECTIONS);

    /** What has happened since an earlier one. */
    MetricSample since(MetricReading former) {
        Map<InstanceId, double[]> values = new LinkedHashMap<>();
        instances.forEach((id, use) -> values.put(id, ofInstance(former, use)));
        return new MetricSample(former.at, ofPlatform(former, values.values()), values);
    }

    private double[] ofInstance(MetricReading former, InstanceUse now) {
        InstanceUse before = former.instances.getOrDefault(now.id(), now);
        double[] values = MetricSample.unknown(MetricSample.OF_INSTANCE);
        setRequests(values, former, now.requests().since(before.requests()));
        set(values, SOCKETS, now.sockets().open());
        set(values, MESSAGES, rate(former, before, now, InstanceUse::messages));
        set(values, CPU, hasCpuTime ? rate(former, before, now, InstanceUse::cpuSeconds) : Double.NaN);
        set(values, BUSY, rate(former, before, now, use -> use.executor().busySeconds()));
        set(values, QUEUE, now.executor().waiting());
        now.database().ifPresent(database -> {
            set(values, DATABASE_SIZE, database.bytes());
            set(values, DATABASE_CONNECTIONS, database.connections());
        });
        return values;
    }

    private double[] ofPlatform(MetricReading former, Collection<double[]> parts) {
        PlatformUse before = former.platform;
        double[] values = MetricSample.unknown(MetricSample.OF_PLATFORM);
        RequestStatistics requests = instances.values().stream()
                .map(it -> it.requests()
                        .since(former.instances.getOrDefault(it.id(), it).requests()))
                .reduce(platform.requests().since(before.requests()), RequestStatistics::plus);
        setRequests(values, former, requests);
        SUMS.forEach(series -> set(values, series, sum(parts, series)));
        set(values, CPU, rate(former, before, platform, use -> use.process().cpuSeconds()));
        set(values, MEMORY, platform.process().bytes());
        set(values, HEAP, platform.heap().getUsed());
        set(values, GC, rate(former, before, platform, PlatformUse::gcSeconds));
        set(values, THREADS, platform.threads());
        set(values, DISK, platform.disk().total() - platform.disk().usable());
        set(
                values,
                NETWORK_IN,
                rate(former, before, platform, use -> use.network().in()));
        set(
                values,
                NETWORK_OUT,
                rate(former, before, platform, use -> use.network().out()));
        set(
                values,
                POSTGRESQL_CPU,
                rate(former, before, platform, use -> use.postgresql().cpuSeconds()));
        set(values, POSTGRESQL_MEMORY, platform.postgresql().bytes());
        return values;
    }

    private void setRequests(double[] values, MetricReading former, RequestStatistics since) {
        set(values, REQUESTS, since.requests() / seconds(former));
        set(values, ERRORS, since.serverErrors() / seconds(former));
        set(values, IN_FLIGHT, since.inFlight());
        if (since.requests() > 0) {
            set(values, LATENCY_P95, since.latencies().percentile(0.95).toNanos() / 1e9);
            set(values, LATENCY_P99, since.latencies().percentile(0.99).toNanos() / 1e9);
        }
    }

    private static double sum(Collection<double[]> parts, MetricSeries series) {
        return parts.stream()
                .mapToDouble(part -> part[series.ordinal()])
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    /** A counter that has become less has begun anew. */
    private <T> double rate(MetricReading former, T before, T now, ToDoubleFunction<T> counter) {
        return Math.max(0, counter.applyAsDouble(now) - counter.applyAsDouble(before)) / seconds(former);
    }

    private double seconds(MetricReading former) {
        return (nanos - former.nanos) / 1e9;
    }

    private static void set(double[] values, MetricSeries series, double value) {
        values[series.ordinal()] = value;
    }
}
