package platform.core.api;

import java.util.List;

/**
 * Values of one kind, for monitoring systems.
 *
 * @param name in their style, with the unit and without {@code _total}: {@code platform_cpu_seconds}
 * @param help what it is, a few words
 * @param type how it behaves
 * @param values at least one; no two have the same labels
 */
public record MetricFamily(String name, String help, Type type, List<MetricValue> values) {

    public MetricFamily {
        values = List.copyOf(values);
    }

    /** How a value behaves. */
    public enum Type {
        /** It only grows, until the platform or the instance restarts. */
        COUNTER,
        GAUGE,
        /** A distribution of times. */
        HISTOGRAM
    }
}
