package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsWhatJsonHasInTheOrderOfTheText() throws JsonException {
        Map<String, Object> read = JsonReader.object(
                " {\"t\":\"x\\n\",\"b\":true,\"i\":-7,\"d\":1.50,\"n\":null,\"l\":[1,null,\"a\"],\"o\":{\"z\":{}},"
                        + "\"g\":12345678901234567890} ");

        assertThat(read)
                .containsExactly(
                        entry("t", "x\n"),
                        entry("b", true),
                        entry("i", -7L),
                        entry("d", new BigDecimal("1.50")),
                        entry("l", Arrays.asList(1L, null, "a")),
                        entry("o", Map.of("z", Map.of())),
                        entry("g", new BigDecimal("12345678901234567890")));
        assertThatThrownBy(() -> read.put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) read.get("l")).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"mt\"",
                "{",
                "{}",
                "{\"mt\":1}",
                "{\"mt\":\"\"}",
                "{\"mt\":\"a\"} {}",
                "{\"mt\":\"a\",}",
                "{'mt':'a'}",
                "{mt:\"a\"}",
                "{\"mt\":\"a\",\"mt\":\"b\"}",
                "{\"mt\":\"a\",\"o\":{\"x\":1,\"x\":2}}",
                "{\"mt\":\"a\" /* b */}",
                "{\"mt\":\"a\",\"n\":NaN}",
                "{\"mt\":\"a\",\"n\":01}",
                "{\"mt\":\"a\",\"n\":+1}",
                "{\"mt\":\"a\",\"n\":.5}",
                "{\"mt\":\"a\n\"}",
                "{\"mt\":\"\\x\"}",
                "{\"mt\":\"\\u12g4\"}",
                "{\"mt\":\"a\"}}"
            })
    void refusesWhatIsNoMessage(String text) {
        assertThatThrownBy(() -> JsonReader.message(text))
                .isInstanceOf(JsonException.class)
                .hasMessageMatching("[ -~]{1,120}");
    }

    @Test
    void refusesWhatIsTooDeep() throws JsonException {
        assertThat(JsonReader.message(nested(Json.DEPTH - 1)).mt()).isEqualTo("a");
        assertThatThrownBy(() -> JsonReader.message(nested(Json.DEPTH)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> JsonReader.message(nested(20_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void refusesNumbersThatOnlyCostTime() {
        assertThatThrownBy(() -> JsonReader.message("{\"mt\":\"a\",\"n\":" + "9".repeat(50_000) + "}"))
                .isInstanceOf(JsonException.class);
    }

    private static String nested(int levels) {
        return "{\"mt\":\"a\",\"l\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"f\":{\"a\" : 1}}`, `{\"a\" : 1}`",
                "`{\"x\":{\"f\":1}, \"f\" : [1, {\"f\":2}] ,\"y\":3}`, `[1, {\"f\":2}]`",
                "`{\"f\":\"t\\u0041\"}`, `\"t\\u0041\"`",
                "`{\"\\u0066\":-1.50e3}`, `-1.50e3`",
                "`{\"é😀\":1,\"f\":true }`, `true`"
            })
    void givesAFieldLetterByLetter(String text, String slice) throws JsonException {
        assertThat(JsonReader.slice(text, "f")).contains(slice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"f\":null}", "{\"x\":{\"f\":1}}", "{\"x\":\"f\"}"})
    void givesNothingForAFieldThatIsAbsent(String text) throws JsonException {
        assertThat(JsonReader.slice(text, "f")).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws JsonException {
        for (long seed = 0; seed < 200; seed++) {
            Map<String, Object> read = JsonReader.object(new InfoModel(seed).sent());

            assertThat(JsonReader.object(JsonWriter.write(read))).isEqualTo(read);
        }
    }

    @Test
    void writesWhateverJavaHasForIt() {
        assertThat(JsonWriter.write(Map.of("l", Arrays.asList((byte) 1, 2, 3L, 1.5f, 2.5d, null, true, Map.of()))))
                .isEqualTo("{\"l\":[1,2,3,1.5,2.5,null,true,{}]}");
    }

    @Test
    void refusesToWriteWhatJsonDoesNotHave() {
        assertThatThrownBy(() -> JsonWriter.write(Map.of("d", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> JsonWriter.write(Map.of("d", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }
}
