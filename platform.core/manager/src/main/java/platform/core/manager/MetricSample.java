package platform.core.manager;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.MetricPoint;
import platform.core.api.MetricSeries;

/**
 * What was measured of the platform and its instances at one moment. Values are in the order of {@link MetricSeries}, NaN where
 * they are not known.
 *
 * @param at when the moment began
 */
record MetricSample(Instant at, double[] platform, Map<InstanceId, double[]> instances) {

    static final int OF_PLATFORM = MetricSeries.values().length;
    static final int OF_INSTANCE = (int) Arrays.stream(MetricSeries.values())
            .filter(MetricSeries::isOfInstances)
            .count();

    /** Of one of them, as others see it. */
    static MetricPoint point(Optional<InstanceId> instance, Instant at, double[] values) {
        Map<MetricSeries, Double> known = new EnumMap<>(MetricSeries.class);
        for (MetricSeries series : MetricSeries.values()) {
            if (series.ordinal() < values.length && !Double.isNaN(values[series.ordinal()])) {
                known.put(series, values[series.ordinal()]);
            }
        }
        return new MetricPoint(instance, at, known);
    }

    /** Values of one that none are known of. */
    static double[] unknown(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
