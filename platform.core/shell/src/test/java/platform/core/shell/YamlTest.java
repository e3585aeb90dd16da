package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

    private static String yaml(String json) {
        return Yaml.text(JsonParser.parseString(json));
    }

    @Test
    void objectsAndListsAreIndented() {
        assertThat(yaml("""
                {"name": "acme@example.com", "n": 5, "on": true, "none": null, "empty": [], "nothing": {},
                 "settings": {"url": "https://example.com/", "list": [1, "two words", [3, 4]]},
                 "rows": [{"a": 1, "b": {"c": 2}}, {"a": 2}]}""")).isEqualTo("""
                name: acme@example.com
                "n": 5
                "on": true
                none: null
                empty: []
                nothing: {}
                settings:
                  url: "https://example.com/"
                  list:
                    - 1
                    - two words
                    - - 3
                      - 4
                rows:
                  - a: 1
                    b:
                      c: 2
                  - a: 2""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "Yes",
                "null",
                "5",
                "0x1F",
                "1e3",
                "2026-11-20",
                "-",
                "- a",
                "a: b",
                "a #b",
                "&a",
                "*a",
                "!a",
                "{a}",
                "[a",
                "'a",
                "a\nb",
                "",
                " a",
                "a ",
                "~",
                "=",
                "\u009b31m"
            })
    void whatCouldBeTakenForSomethingElseIsInQuotes(String text) {
        String yaml = Yaml.text(Json.tree(text));
        assertThat(yaml).startsWith("\"").endsWith("\"");
        assertThat(JsonParser.parseString(yaml).getAsString()).isEqualTo(text);
    }
}
