package platform.core.monitor;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import platform.core.api.MetricFamily;
import platform.core.api.MetricValue;
import platform.webserver.api.Latencies;

/**
 * What is measured as an {@code ExportMetricsServiceRequest} in JSON (OTLP 1.x, "JSON Protobuf Encoding"): 64-bit numbers are
 * strings there.
 */
final class OtlpJson {

    private static final int CUMULATIVE = 2;

    private final String start;
    private final String now;

    private OtlpJson(Instant start, Instant now) {
        this.start = nanos(start);
        this.now = nanos(now);
    }

    /**
     * @param start since when counters count
     * @param host the machine's name
     */
    static JsonObject of(List<MetricFamily> families, Instant start, Instant now, String host, String version) {
        OtlpJson json = new OtlpJson(start, now);
        JsonArray metrics = new JsonArray();
        families.forEach(family -> metrics.add(json.metric(family)));
        JsonObject scope = new JsonObject();
        scope.addProperty("name", "platform.core.monitor");
        scope.addProperty("version", version);
        JsonObject scoped = new JsonObject();
        scoped.add("scope", scope);
        scoped.add("metrics", metrics);
        JsonObject resource = new JsonObject();
        resource.add(
                "attributes",
                attributes(Map.of("service.name", "app-platform", "service.version", version, "host.name", host)));
        JsonObject ofResource = new JsonObject();
        ofResource.add("resource", resource);
        ofResource.add("scopeMetrics", array(scoped));
        JsonObject request = new JsonObject();
        request.add("resourceMetrics", array(ofResource));
        return request;
    }

    private JsonObject metric(MetricFamily family) {
        JsonObject metric = new JsonObject();
        metric.addProperty("name", family.name());
        metric.addProperty("description", family.help());
        JsonArray points = new JsonArray();
        family.values().forEach(value -> points.add(point(value)));
        JsonObject data = new JsonObject();
        data.add("dataPoints", points);
        if (family.type() != MetricFamily.Type.GAUGE) {
            data.addProperty("aggregationTemporality", CUMULATIVE);
        }
        switch (family.type()) {
            case GAUGE -> metric.add("gauge", data);
            case HISTOGRAM -> metric.add("histogram", data);
            case COUNTER -> {
                data.addProperty("isMonotonic", true);
                metric.add("sum", data);
            }
        }
        return metric;
    }

    private JsonObject point(MetricValue value) {
        JsonObject point = new JsonObject();
        point.add("attributes", attributes(value.labels()));
        point.addProperty("startTimeUnixNano", start);
        point.addProperty("timeUnixNano", now);
        value.latencies()
                .ifPresentOrElse(times -> addTimes(point, times), () -> point.addProperty("asDouble", value.value()));
        return point;
    }

    private static void addTimes(JsonObject point, Latencies latencies) {
        point.addProperty("count", Long.toString(latencies.count()));
        point.addProperty("sum", Buckets.seconds(latencies));
        JsonArray bounds = new JsonArray();
        Buckets.BOUNDS.forEach(bounds::add);
        JsonArray counts = new JsonArray();
        Buckets.counts(latencies).forEach(count -> counts.add(Long.toString(count)));
        point.add("explicitBounds", bounds);
        point.add("bucketCounts", counts);
    }

    private static JsonArray attributes(Map<String, String> labels) {
        JsonArray attributes = new JsonArray();
        labels.forEach((key, text) -> {
            JsonObject value = new JsonObject();
            value.addProperty("stringValue", text);
            JsonObject attribute = new JsonObject();
            attribute.addProperty("key", key);
            attribute.add("value", value);
            attributes.add(attribute);
        });
        return attributes;
    }

    private static JsonArray array(JsonObject only) {
        JsonArray array = new JsonArray();
        array.add(only);
        return array;
    }

    private static String nanos(Instant time) {
        return Long.toString(TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano());
    }
}
