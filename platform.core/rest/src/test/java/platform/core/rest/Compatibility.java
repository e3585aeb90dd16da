package platform.core.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What of the API's document would break a client that was written by an earlier one. */
final class Compatibility {

    private final JsonNode earlier;
    private final JsonNode now;
    private final List<String> breaks = new ArrayList<>();

    private Compatibility(JsonNode earlier, JsonNode now) {
        this.earlier = earlier;
        this.now = now;
    }

    /** A sentence for each; none when all is well. What is new breaks nothing. */
    static List<String> breaks(JsonNode earlier, JsonNode now) {
        Compatibility compatibility = new Compatibility(earlier, now);
        compatibility.checkOperations();
        compatibility.checkSchemas();
        return compatibility.breaks;
    }

    private void checkOperations() {
        for (Map.Entry<String, JsonNode> path : earlier.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String name = operation.getKey() + " " + path.getKey();
                JsonNode found = now.get("paths").path(path.getKey()).path(operation.getKey());
                if (found.isMissingNode()) {
                    breaks.add(name + " is gone.");
                } else {
                    checkOperation(name, operation.getValue(), found);
                }
            }
        }
    }

    private void checkOperation(String name, JsonNode former, JsonNode found) {
        Set<String> known = new TreeSet<>();
        for (JsonNode parameter : former.path("parameters")) {
            known.add(key(parameter));
            same(name + ", parameter " + key(parameter), form(parameter), form(parameter(found, key(parameter))));
        }
        for (JsonNode parameter : found.path("parameters")) {
            if (parameter.path("required").asBoolean() && !known.contains(key(parameter))) {
                breaks.add(name + " needs the new parameter " + key(parameter) + ".");
            }
        }
        same(name + ", body", former.at("/requestBody/content"), found.at("/requestBody/content"));
        for (Map.Entry<String, JsonNode> response : former.get("responses").properties()) {
            same(
                    name + ", answer " + response.getKey(),
                    response.getValue().path("content"),
                    found.get("responses").path(response.getKey()).path("content"));
        }
    }

    private static String key(JsonNode parameter) {
        return parameter.get("in").asText() + " " + parameter.get("name").asText();
    }

    private static JsonNode parameter(JsonNode operation, String key) {
        for (JsonNode parameter : operation.path("parameters")) {
            if (key(parameter).equals(key)) {
                return parameter;
            }
        }
        return operation.path("none");
    }

    /** Without what is only said about it. */
    private static JsonNode form(JsonNode node) {
        return node.path("schema");
    }

    private void checkSchemas() {
        for (Map.Entry<String, JsonNode> schema :
                earlier.at("/components/schemas").properties()) {
            JsonNode found = now.at("/components/schemas").path(schema.getKey());
            Set<String> required = required(schema.getValue());
            for (Map.Entry<String, JsonNode> property :
                    schema.getValue().path("properties").properties()) {
                String name = schema.getKey() + "." + property.getKey();
                JsonNode other = found.path("properties").path(property.getKey());
                for (String form : List.of("type", "$ref", "format", "items", "additionalProperties")) {
                    same(name + ", " + form, property.getValue().path(form), other.path(form));
                }
                if (required.contains(property.getKey()) != required(found).contains(property.getKey())) {
                    breaks.add(name + " was required and is no more, or the other way round.");
                }
            }
            checkNew(schema.getKey(), schema.getValue(), found);
        }
    }

    private void checkNew(String name, JsonNode former, JsonNode found) {
        boolean isSent = earlier.findValues("requestBody").stream()
                .anyMatch(it -> it.toString().contains("#/components/schemas/" + name + "\""));
        for (String property : required(found)) {
            if (isSent && !former.path("properties").has(property)) {
                breaks.add(name + " needs the new property " + property + ".");
            }
        }
    }

    private static Set<String> required(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("required").forEach(it -> names.add(it.asText()));
        return names;
    }

    private void same(String name, JsonNode former, JsonNode found) {
        if (!former.equals(found)) {
            breaks.add(name + ": " + former + " became " + found + ".");
        }
    }
}
