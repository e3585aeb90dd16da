package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The API stays what its committed document says. */
class CompatibilityTest {

    private final JsonNode committed = read(Path.of("openapi.json"));
    private final JsonNode built = DocumentTest.document();

    private static JsonNode read(Path file) {
        try {
            return JsonFormat.MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    @Test
    void nothingThatWasPromisedIsBroken() {
        assertThat(Compatibility.breaks(committed, built))
                .as("breaking changes of the API against platform.core/rest/openapi.json")
                .isEmpty();
    }

    @Test
    void theCommittedDocumentHasEverything() {
        assertThat(built)
                .as("what is built; if only something was added, copy target/classes/openapi.json to"
                        + " platform.core/rest/openapi.json")
                .isEqualTo(committed);
    }

    @Test
    void aBreakIsFound() {
        ObjectNode changed = built.deepCopy();
        ((ObjectNode) changed.at("/paths")).remove("/apps");
        ((ObjectNode) changed.at("/components/schemas/Instance/properties")).remove("path");
        ((ObjectNode) changed.at("/components/schemas/NewToken"))
                .withArray("required")
                .add("scope");
        ((ObjectNode) changed.at("/components/schemas/App/properties/instances")).put("type", "string");
        assertThat(Compatibility.breaks(built, changed))
                .anyMatch(it -> it.startsWith("get /apps is gone"))
                .anyMatch(it -> it.startsWith("Instance.path, type"))
                .anyMatch(it -> it.startsWith("NewToken.scope was required"))
                .anyMatch(it -> it.startsWith("App.instances, type"));
    }

    @Test
    void somethingNewBreaksNothing() {
        ObjectNode earlier = built.deepCopy();
        ((ObjectNode) earlier.at("/paths")).remove("/apps");
        assertThat(Compatibility.breaks(earlier, built)).isEmpty();
    }
}
