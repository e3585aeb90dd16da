package app.events;

import java.util.Map;

/**
 * Which events are asked for.
 *
 * @param open only alarms that are active
 * @param severity at least so bad
 * @param text what host, source, code, text or details hold, in whatever case; empty for any
 * @param before only those with a smaller number, for the next page; 0 for the newest
 */
record Filter(boolean open, int severity, String text, long before) {

    private static final int LONGEST = 100;

    static Filter of(Map<String, Object> fields) {
        String text = fields.get("text") instanceof String it ? it : "";
        return new Filter(
                Boolean.TRUE.equals(fields.get("open")),
                (int) Math.max(0, Math.min(number(fields, "severity"), 2)),
                text.substring(0, Math.min(LONGEST, text.length())).replace("\0", ""),
                number(fields, "before"));
    }

    static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Long number ? number : 0;
    }

    /** For LIKE, in which some characters mean more than themselves. */
    String pattern() {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
