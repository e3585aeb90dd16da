package platform.core.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.MetricFamily;
import platform.core.api.MetricPoint;
import platform.core.api.MetricSeries;
import platform.core.api.Metrics;

/** What a test says has been measured. */
final class FakeMetrics implements Metrics {

    static final Instant AT = Instant.parse("2026-11-27T10:00:00Z");

    final List<MetricPoint> latest = new ArrayList<>();
    Instant asked;

    void measured(String instance, Map<MetricSeries, Double> values) {
        latest.add(new MetricPoint(Optional.ofNullable(instance).map(InstanceId::parse), AT, values));
    }

    @Override
    public List<MetricFamily> families() {
        return List.of();
    }

    @Override
    public List<MetricPoint> latest() {
        return latest;
    }

    @Override
    public List<MetricPoint> history(Optional<InstanceId> instance, Instant since) {
        asked = since;
        return latest.stream().filter(it -> it.instance().equals(instance)).toList();
    }
}
