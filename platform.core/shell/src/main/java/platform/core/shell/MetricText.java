package platform.core.shell;

import com.google.gson.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import platform.core.api.MetricPoint;
import platform.core.api.MetricSeries;

/** How what is measured is named and written. */
final class MetricText {

    private MetricText() {}

    /** As commands and JSON have it: {@code latency-p95}. */
    static String name(MetricSeries series) {
        return series.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> names() {
        return Arrays.stream(MetricSeries.values()).map(MetricText::name).toList();
    }

    /**
     * @throws UsageException when there is none of this name
     */
    static MetricSeries series(String command, String name) {
        return Arrays.stream(MetricSeries.values())
                .filter(series -> name(series).equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(command + ": Nothing is measured by the name '" + name
                        + "'. Use one of " + names().stream().collect(Collectors.joining(", "))));
    }

    /** What was measured, with its unit; empty when that is not known. */
    static String amount(MetricPoint point, MetricSeries series) {
        if (!point.values().containsKey(series)) {
            return "";
        }
        double value = point.value(series);
        return switch (series.unit()) {
            case "bytes" -> DatabaseText.bytes((long) value);
            case "bytes/s" -> String.format("%,.1f kB/s", value / 1e3);
            case "s" -> String.format("%,.1f ms", value * 1e3);
            case "" -> String.format("%,.0f", value);
            default -> String.format("%,.2f %s", value, series.unit());
        };
    }

    static String at(MetricPoint point) {
        return point.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static JsonObject json(MetricPoint point) {
        JsonObject json = new JsonObject();
        point.instance().ifPresent(id -> json.addProperty("instance", id.toString()));
        json.addProperty("at", point.at().toString());
        for (MetricSeries series : MetricSeries.values()) {
            if (point.values().containsKey(series)) {
                json.addProperty(name(series), point.value(series));
            }
        }
        return json;
    }
}
