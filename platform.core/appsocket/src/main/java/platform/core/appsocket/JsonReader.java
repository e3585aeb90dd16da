package platform.core.appsocket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AppMessage;

/** Reads JSON objects: in the order of the text, unmodifiable; a field that is null is absent. */
final class JsonReader {

    private JsonReader() {}

    /**
     * @throws JsonException when it is no object, too deep, or has no {@code mt}
     */
    static AppMessage message(String text) throws JsonException {
        Map<String, Object> fields = object(text);
        if (fields.get("mt") instanceof String mt && !mt.isEmpty()) {
            return new AppMessage(mt, fields, text);
        }
        throw new JsonException("A message is a JSON object with a text field mt", null);
    }

    /**
     * @throws JsonException when it is no object, or too deep
     */
    static Map<String, Object> object(String text) throws JsonException {
        return read(text, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonException("The text is no JSON object", null);
            }
            Map<String, Object> fields = fields(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("There is more text behind the JSON object", null);
            }
            return fields;
        });
    }

    /**
     * The text of a field's value, letter by letter; empty when the field is absent or null.
     *
     * @param text an object that was read already
     */
    static Optional<String> slice(String text, String field) throws JsonException {
        return read(text, parser -> {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(field);
                JsonToken value = parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                if (wanted && value != JsonToken.VALUE_NULL) {
                    return Optional.of(
                            text.substring(start, (int) parser.currentLocation().getCharOffset()));
                }
            }
            return Optional.empty();
        });
    }

    private static <T> T read(String text, Reading<T> reading) throws JsonException {
        try (JsonParser parser = Json.FACTORY.createParser(text.toCharArray())) {
            return reading.read(parser);
        } catch (IOException e) {
            // What Jackson says would quote the text.
            throw new JsonException("The text is malformed JSON, or deeper than " + Json.DEPTH + " levels", e);
        }
    }

    private static Map<String, Object> fields(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return Collections.unmodifiableMap(fields);
    }

    private static List<Object> elements(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return Collections.unmodifiableList(elements);
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> number(parser);
        };
    }

    private static Number number(JsonParser parser) throws IOException {
        BigDecimal exact = parser.getDecimalValue();
        boolean small = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return small ? (Number) parser.getLongValue() : exact;
    }

    /** What is done with a parser that stands before the text. */
    private interface Reading<T> {
        T read(JsonParser parser) throws IOException, JsonException;
    }
}
