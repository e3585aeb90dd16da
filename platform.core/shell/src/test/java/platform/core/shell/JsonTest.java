package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import platform.core.api.InstanceId;

/** How objects are written as JSON. */
class JsonTest {

    @Test
    void timesPathsAndInstancesAreTexts() {
        assertThat(Json.tree(Map.of("t", Instant.EPOCH)).toString()).isEqualTo("{\"t\":\"1970-01-01T00:00:00Z\"}");
        assertThat(Json.text(Path.of("/a b"))).isEqualTo("\"/a b\"");
        assertThat(Json.text(InstanceId.parse("a@b"))).isEqualTo("\"a@b\"");
    }

    @Test
    void controlCharactersAreEscapedAndSurvive() {
        String text = "\u001b[2J \u009b \u007f <ü>";
        String json = Json.text(text);
        assertThat(json).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f]").contains("<ü>");
        assertThat(JsonParser.parseString(json).getAsString()).isEqualTo(text);
    }
}
