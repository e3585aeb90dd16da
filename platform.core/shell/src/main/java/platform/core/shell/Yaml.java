package platform.core.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSON in YAML's block style, which people read more easily. A text that YAML could take for something else is in quotes, as JSON
 * writes it: each JSON string is one of YAML, too.
 */
final class Yaml {

    /** Neither a number, a date, a word with a meaning such as {@code no}, nor with characters that have one. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9/_.@+-]*( [A-Za-z0-9/_.@+-]+)*");

    private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");
    private static final String INDENT = "  ";

    private Yaml() {}

    static String text(JsonElement json) {
        return String.join("\n", lines(json));
    }

    private static List<String> lines(JsonElement json) {
        if (json instanceof JsonObject object && !object.isEmpty()) {
            return object.entrySet().stream()
                    .flatMap(field -> field(field).stream())
                    .toList();
        }
        if (json instanceof JsonArray array && !array.isEmpty()) {
            return array.asList().stream().flatMap(item -> item(item).stream()).toList();
        }
        return List.of(scalar(json));
    }

    private static List<String> field(Map.Entry<String, JsonElement> field) {
        String name = plain(field.getKey()) ? field.getKey() : Json.line(Json.tree(field.getKey()));
        List<String> value = lines(field.getValue());
        if (isInline(field.getValue())) {
            return List.of(name + ": " + value.get(0));
        }
        List<String> lines = new ArrayList<>(List.of(name + ":"));
        value.forEach(line -> lines.add(INDENT + line));
        return lines;
    }

    private static List<String> item(JsonElement item) {
        List<String> lines = lines(item);
        List<String> indented =
                lines.stream().map(line -> INDENT + line).collect(Collectors.toCollection(ArrayList::new));
        indented.set(0, "- " + lines.get(0));
        return indented;
    }

    private static boolean isInline(JsonElement json) {
        return !(json instanceof JsonObject object && !object.isEmpty())
                && !(json instanceof JsonArray array && !array.isEmpty());
    }

    private static String scalar(JsonElement json) {
        boolean text = json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
        return text && plain(json.getAsString()) ? json.getAsString() : Json.line(json);
    }

    private static boolean plain(String text) {
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
    }
}
