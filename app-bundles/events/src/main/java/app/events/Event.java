package app.events;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An alarm or a single event as it is kept. Times are seconds since 1970; 0 for what is not.
 *
 * @param kind {@code ALARM} or {@code EVENT}
 */
record Event(
        long id,
        String kind,
        int severity,
        String code,
        String host,
        String serial,
        String source,
        String text,
        String details,
        long first,
        long last,
        long count,
        long cleared,
        String acknowledgedBy) {

    /** As the page gets it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("kind", kind);
        fields.put("severity", severity);
        fields.put("code", code);
        fields.put("host", host);
        fields.put("serial", serial);
        fields.put("source", source);
        fields.put("text", text);
        fields.put("details", details);
        fields.put("first", first);
        fields.put("last", last);
        fields.put("count", count);
        fields.put("cleared", cleared);
        fields.put("acknowledgedBy", acknowledgedBy);
        return fields;
    }
}
