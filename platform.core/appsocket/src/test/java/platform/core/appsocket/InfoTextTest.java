package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InfoTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"b\":1, \"a\" : [ 1 , 2 ]}`, `{\"b\":1,\"a\":[1,2]}`",
                "`{\"url\":\"https:\\/\\/x\\/ y\"}`, `{\"url\":\"https://x/ y\"}`",
                "`{\"\\u0041\":\"\\u00e9\\u00E9\"}`, `{\"A\":\"éé\"}`",
                "`{\"a\":\"\\ud83d\\ude00\"}`, `{\"a\":\"😀\"}`",
                "`{\"a\":\"\\uD83D\"}`, `{\"a\":\"\\ud83d\"}`",
                "`{\"a\":\"\\ude00\\ud83d\"}`, `{\"a\":\"\\ude00\\ud83d\"}`",
                "`{\"a\":\"\\u0022\\u005c\\u000a\\u0001\"}`, `{\"a\":\"\\\"\\\\\\n\\u0001\"}`",
                "`{\"a\":\"\\\\u0041\"}`, `{\"a\":\"\\\\u0041\"}`",
                "`{\"a\":1.0,\"b\":1e2,\"c\":-0}`, `{\"a\":1.0,\"b\":1e2,\"c\":-0}`"
            })
    void onlyWhatIsNeedlessIsTakenAway(String sent, String hashed) {
        assertThat(InfoText.canonical(sent)).isEqualTo(hashed);
    }

    @Test
    void whatIsCanonicalStaysAsItIs() {
        seeds().forEach(seed -> {
            String hashed = new InfoModel(seed).hashed();
            assertThat(InfoText.canonical(hashed)).isEqualTo(hashed);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatAClientHashesIsFoundInWhatItSends(long seed) throws JsonException {
        InfoModel info = new InfoModel(seed);
        String digest = Client.digest("hello", "d", "alice", "", "Alice", info.hashed(), "c", "pwd");
        String message = "{ \"info\" :" + info.sent() + ", \"mt\":\"AppLogin\",\"app\":\"hello\",\"domain\":\"d\","
                + "\"sip\":\"alice\",\"dn\":\"Alice\",\"digest\":\"" + digest + "\"}";

        LoginRequest request = LoginRequest.of(JsonReader.message(message), "c");

        assertThat(request.login().infoText()).isEqualTo(info.hashed());
        assertThat(request.isBy("pwd")).isTrue();
        assertThat(request.isBy("pwd ")).isFalse();
        assertThat(request.login().info()).isEqualTo(JsonReader.object(info.hashed()));
    }

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }
}
