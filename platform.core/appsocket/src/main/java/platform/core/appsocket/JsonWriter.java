package platform.core.appsocket;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** Writes JSON objects. */
final class JsonWriter {

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /**
     * @throws IllegalArgumentException when there is something that JSON does not have
     */
    static String write(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
            new JsonWriter(out).value(object);
        } catch (IOException e) {
            throw new UncheckedIOException("A message cannot be written as JSON", e);
        }
        return text.toString();
    }

    private void value(Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Number number) {
            number(number);
        } else {
            structure(value);
        }
    }

    private void number(Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            out.writeNumber(integer);
        } else if (number instanceof Double || number instanceof Float) {
            fraction(number.doubleValue());
        } else {
            out.writeNumber(number.longValue());
        }
    }

    private void fraction(double number) throws IOException {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number " + number + ": leave the field out");
        }
        out.writeNumber(number);
    }

    private void structure(Object value) throws IOException {
        if (value instanceof Map<?, ?> object) {
            out.writeStartObject();
            for (Map.Entry<?, ?> field : object.entrySet()) {
                out.writeFieldName((String) field.getKey());
                value(field.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            for (Object element : elements) {
                value(element);
            }
            out.writeEndArray();
        } else {
            throw new IllegalArgumentException("JSON has no " + value.getClass().getName()
                    + ": use text, numbers, booleans, maps, lists and null");
        }
    }
}
