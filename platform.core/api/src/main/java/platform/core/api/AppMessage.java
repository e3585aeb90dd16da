package platform.core.api;

import java.util.Map;

/**
 * A JSON message of an app's socket.
 *
 * @param mt what it is about: never empty
 * @param fields all its fields in the order of the text, not modifiable: String, Boolean, Long, BigDecimal, List and Map. A
 *     field that is null in the text is absent; an element of a list can be null
 * @param json the text itself
 */
public record AppMessage(String mt, Map<String, Object> fields, String json) {

    /** A field that is text; empty when it is absent or something else. */
    public String text(String field) {
        return fields.get(field) instanceof String text ? text : "";
    }
}
