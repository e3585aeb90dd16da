package app.events;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Instant;

/**
 * What a platform tells.
 *
 * @param severity 0 minor, 1 indeterminate, 2 major
 */
record Message(
        Type type,
        int severity,
        String code,
        Instant date,
        String host,
        String serial,
        String source,
        String text,
        String details) {

    /** {@code alarm} begins an alarm or tells it again, {@code clear} ends it, {@code error} is a single event. */
    enum Type {
        ALARM,
        CLEAR,
        ERROR
    }

    /** The end of the year 9999. */
    private static final long LATEST = 253_402_300_799L;

    private static final int SHORT = 255;
    private static final int LONG = 1000;

    /**
     * @throws BadMessageException when it is not the JSON of {@code AddAlarm} or {@code AddEvent}
     */
    static Message parse(String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            if (!json.isJsonObject()) {
                throw new BadMessageException("The body is no JSON object.");
            }
            return of(json.getAsJsonObject());
        } catch (JsonParseException | NumberFormatException e) {
            throw new BadMessageException("The body cannot be read as JSON: " + e.getMessage());
        }
    }

    private static Message of(JsonObject json) {
        return new Message(
                type(string(json, "type", SHORT)),
                severity(json),
                required(json, "code"),
                date(json),
                string(json, "host", SHORT),
                string(json, "serial", SHORT),
                string(json, "source", SHORT),
                required(json, "text", LONG),
                string(json, "details", LONG));
    }

    private static Type type(String name) {
        for (Type type : Type.values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw new BadMessageException("The field 'type' is alarm, clear or error.");
    }

    private static int severity(JsonObject json) {
        long severity = number(json, "severity");
        if (severity < 0 || severity > 2) {
            throw new BadMessageException("The field 'severity' is 0, 1 or 2.");
        }
        return (int) severity;
    }

    private static Instant date(JsonObject json) {
        long seconds = number(json, "date");
        if (seconds < 0 || seconds > LATEST) {
            throw new BadMessageException("The field 'date' is in seconds since 1970.");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static long number(JsonObject json, String name) {
        if (json.get(name) instanceof JsonPrimitive value && value.isNumber()) {
            return value.getAsLong();
        }
        throw new BadMessageException("The field '" + name + "' is missing or no number.");
    }

    private static String required(JsonObject json, String name) {
        return required(json, name, SHORT);
    }

    private static String required(JsonObject json, String name, int most) {
        String value = string(json, name, most);
        if (value.isBlank()) {
            throw new BadMessageException("The field '" + name + "' is missing or empty.");
        }
        return value;
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static String string(JsonObject json, String name, int most) {
        String value =
                json.get(name) instanceof JsonPrimitive it ? it.getAsString().replace('\0', '\uFFFD') : "";
        return value.length() > most ? value.substring(0, most - 1) + "…" : value;
    }
}
