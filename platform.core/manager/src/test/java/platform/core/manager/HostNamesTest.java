package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private static final Map<String, String> NAMES = Map.of("example.com", "new.example.org");

    @ParameterizedTest
    @CsvSource({
        "example.com, new.example.org",
        "https://example.com/x, https://new.example.org/x",
        "https://example.com:8443/x, https://new.example.org:8443/x",
        "a@example.com, a@new.example.org",
        "<a@example.com>;b@example.com, <a@new.example.org>;b@new.example.org",
        "/example.com/acme, /new.example.org/acme",
        "see Example.COM., see new.example.org.",
        "example.com. Then more, new.example.org. Then more",
        "'example.com,www.example.com', 'new.example.org,www.example.com'",
        "example.com.example.com example.com, example.com.example.com new.example.org",
        "*:example.com=1, *:new.example.org=1"
    })
    void replacesANameThatStandsAsAWhole(String text, String expected) {
        assertThat(HostNames.replace(text, NAMES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "notexample.com",
                "my-example.com",
                "my_example.com",
                "www.example.com",
                "example.com.evil",
                "example.community",
                "example.com-pany",
                "exampleXcom",
                "exämple.com",
                "éexample.com",
                "example.comé",
                "example."
            })
    void leavesWhatOnlyLooksLikeIt(String text) {
        assertThat(HostNames.replace(text, NAMES)).isEqualTo(text);
    }

    @Test
    void doesNotReplaceWhatItHasPutIn() {
        assertThat(HostNames.replace("a.example b.example", Map.of("a.example", "b.example", "b.example", "a.example")))
                .isEqualTo("b.example a.example");
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/x, true",
        "x a.b.Example.com., true",
        "example.com, false",
        "www.example.com.evil, false",
        "www.notexample.com, false",
        ".example.com, false"
    })
    void knowsAHostBelowADomain(String text, boolean below) {
        assertThat(HostNames.hasHostBelow(text, "example.com")).isEqualTo(below);
    }
}
