package platform.core.api;

import java.util.Map;
import java.util.Optional;
import platform.webserver.api.Latencies;

/**
 * A value of a {@link MetricFamily}.
 *
 * @param labels what tells it from the others, such as the instance
 * @param value how much it is; of a histogram how many times it has
 * @param latencies the times of a histogram; else empty
 */
public record MetricValue(Map<String, String> labels, double value, Optional<Latencies> latencies) {

    public MetricValue {
        labels = Map.copyOf(labels);
    }
}
