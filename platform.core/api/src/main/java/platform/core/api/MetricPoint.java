package platform.core.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured in some seconds or minutes.
 *
 * @param instance of which instance; empty of the platform as a whole
 * @param at when these seconds or minutes began
 * @param values what is known; means, or the most where {@link MetricSeries#isPeak()}
 */
public record MetricPoint(Optional<InstanceId> instance, Instant at, Map<MetricSeries, Double> values) {

    public MetricPoint {
        values = Map.copyOf(values);
    }

    /** What was measured; 0 when it is not known. */
    public double value(MetricSeries series) {
        return values.getOrDefault(series, 0.0);
    }
}
