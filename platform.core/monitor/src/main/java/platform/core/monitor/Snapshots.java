package platform.core.monitor;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import platform.core.api.MetricFamily;
import platform.core.api.MetricValue;
import platform.webserver.api.Latencies;

/** What is measured, in the terms of Prometheus's client library. */
final class Snapshots {

    private Snapshots() {}

    static MetricSnapshots of(List<MetricFamily> families) {
        return new MetricSnapshots(families.stream().map(Snapshots::of).toList());
    }

    private static MetricSnapshot of(MetricFamily family) {
        return switch (family.type()) {
            case COUNTER -> counter(family);
            case GAUGE -> gauge(family);
            case HISTOGRAM -> histogram(family);
        };
    }

    private static MetricSnapshot counter(MetricFamily family) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(family.name()).help(family.help());
        family.values()
                .forEach(it -> counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels(it))
                        .value(it.value())
                        .build()));
        return counter.build();
    }

    private static MetricSnapshot gauge(MetricFamily family) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(family.name()).help(family.help());
        family.values()
                .forEach(it -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels(it))
                        .value(it.value())
                        .build()));
        return gauge.build();
    }

    private static MetricSnapshot histogram(MetricFamily family) {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(family.name()).help(family.help());
        for (MetricValue it : family.values()) {
            Latencies latencies = it.latencies().orElseThrow();
            histogram.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels(it))
                    .classicHistogramBuckets(buckets(latencies))
                    .sum(Buckets.seconds(latencies))
                    .build());
        }
        return histogram.build();
    }

    private static ClassicHistogramBuckets buckets(Latencies latencies) {
        List<Double> bounds = new ArrayList<>(Buckets.BOUNDS);
        bounds.add(Double.POSITIVE_INFINITY);
        return ClassicHistogramBuckets.of(bounds, Buckets.counts(latencies));
    }

    private static Labels labels(MetricValue value) {
        Map<String, String> sorted = new TreeMap<>(value.labels());
        return Labels.of(List.copyOf(sorted.keySet()), List.copyOf(sorted.values()));
    }
}
