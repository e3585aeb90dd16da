package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseFrameTest {

    @ParameterizedTest
    @CsvSource({"1000,bye", "1003,''", "1007,ü", "1014,x", "3000,x", "4999,'a reason'"})
    void whatIsWrittenIsRead(int code, String reason) {
        CloseFrame frame = new CloseFrame(code, reason);

        assertThat(CloseFrame.parse(frame.payload())).isEqualTo(frame);
    }

    @Test
    void anEmptyOneSaysNothing() {
        assertThat(CloseFrame.parse(new byte[0])).isEqualTo(new CloseFrame(1005, ""));
        assertThat(CloseFrame.EMPTY.payload()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
    void aCodeThatMayNotBeSentIsAProtocolError(int code) {
        assertCode(1002, (byte) (code >> 8), (byte) code);
    }

    @Test
    void everyCodeIsEitherSentOrRefused() {
        for (int code = 0; code < 65536; code++) {
            boolean sendable = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006
                    || code >= 3000 && code < 5000;
            assertThat(CloseCodes.isSendable(code)).as("%s", code).isEqualTo(sendable);
        }
    }

    @Test
    void halfACodeIsAProtocolError() {
        assertCode(1002, (byte) 3);
    }

    @Test
    void aReasonThatIsNotTextIsABadPayload() {
        assertCode(1007, (byte) 3, (byte) 0xe8, (byte) 0xff);
        assertCode(1007, (byte) 3, (byte) 0xe8, (byte) 0xc3);
    }

    private static void assertCode(int code, byte... payload) {
        assertThatThrownBy(() -> CloseFrame.parse(payload))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aReasonHasRoomFor123Bytes() {
        String most = "ü".repeat(61) + "x";

        assertThat(new CloseFrame(1000, most).payload()).hasSize(125).endsWith(most.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new CloseFrame(1000, "ü".repeat(62)).payload())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("124 bytes");
    }

    @Test
    void aReasonIsShortenedToWhatThereIsRoomFor() {
        for (String character : new String[] {"x", "ü", "€", "😀"}) {
            for (int before = 0; before < 5; before++) {
                String reason = "x".repeat(before) + character.repeat(124);
                String shown = CloseFrame.shortened(reason);

                assertThat(shown).endsWith("…").doesNotContain("\ufffd");
                assertThat(reason).startsWith(shown.substring(0, shown.length() - 1));
                assertThat(shown.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(120, 123);
            }
        }
        assertThat(CloseFrame.shortened("x".repeat(123))).isEqualTo("x".repeat(123));
    }
}
