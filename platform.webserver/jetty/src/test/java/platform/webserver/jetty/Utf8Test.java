package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker against Java's decoder, which refuses what RFC 3629 does. */
class Utf8Test {

    /** The bytes around which the grammar of RFC 3629 4 changes. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** What the decoder says of the bytes. */
    private enum Verdict {
        TEXT,
        INCOMPLETE,
        NO_TEXT
    }

    private Verdict expected(byte[] bytes) {
        decoder.reset();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, false);
        if (result.isError()) {
            return Verdict.NO_TEXT;
        }
        return in.hasRemaining() ? incomplete(in) : Verdict.TEXT;
    }

    /** The decoder sees some errors only when more arrives: whether any continuation could mend it. */
    private Verdict incomplete(ByteBuffer rest) {
        byte[] longer = Arrays.copyOf(new byte[0], 4);
        int n = rest.remaining();
        rest.get(longer, 0, n);
        for (int next : EDGES) {
            Arrays.fill(longer, n, 4, (byte) 0xbf);
            longer[n] = (byte) next;
            int length = (longer[0] & 0xff) < 0xe0 ? 2 : (longer[0] & 0xff) < 0xf0 ? 3 : 4;
            decoder.reset();
            boolean bad = decoder.decode(ByteBuffer.wrap(longer, 0, length), CharBuffer.allocate(4), true)
                    .isError();
            if (!bad) {
                return Verdict.INCOMPLETE;
            }
        }
        return Verdict.NO_TEXT;
    }

    private static Verdict verdict(int state) {
        return state == Utf8.COMPLETE ? Verdict.TEXT : state == Utf8.INVALID ? Verdict.NO_TEXT : Verdict.INCOMPLETE;
    }

    private void check(byte[] bytes) {
        Verdict expected = expected(bytes);
        int whole = Utf8.check(Utf8.COMPLETE, bytes, 0, bytes.length);
        assertThat(verdict(whole)).as("%s", (Object) bytes).isEqualTo(expected);
        for (int split = 1; split < bytes.length; split++) {
            int state = Utf8.check(Utf8.COMPLETE, bytes, 0, split);
            if (state != Utf8.INVALID) {
                state = Utf8.check(state, bytes, split, bytes.length);
            }
            assertThat(state).as("%s split at %s", bytes, split).isEqualTo(whole);
        }
    }

    @Test
    void allSequencesOfOneAndTwoBytes() {
        for (int a = 0; a < 256; a++) {
            check(new byte[] {(byte) a});
            for (int b = 0; b < 256; b++) {
                check(new byte[] {(byte) a, (byte) b});
            }
        }
    }

    @Test
    void sequencesOfThreeAndFourBytesAtTheEdges() {
        for (int a : EDGES) {
            for (int b : EDGES) {
                for (int c : EDGES) {
                    check(new byte[] {(byte) a, (byte) b, (byte) c});
                }
            }
        }
        int[] lead = {0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5};
        for (int a : lead) {
            for (int b : EDGES) {
                for (int c : EDGES) {
                    for (int d : EDGES) {
                        check(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
                    }
                }
            }
        }
    }

    @Test
    void everyCharacterThatThereIsIsText() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.check(Utf8.COMPLETE, bytes, 0, bytes.length))
                        .as("U+%x", c)
                        .isEqualTo(Utf8.COMPLETE);
            }
        }
    }

    @Test
    void longTextWithAnErrorAnywhereIsRefused() {
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = "0123456789abcdefghijklmnopqrstuvwxyzäöü€😀".getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            check(bytes);
        }
    }

    @Test
    void theIncompleteEndIsCountedFromItsFirstByte() {
        byte[] text = "a😀".getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.incomplete(text, 2)).isEqualTo(1);
        assertThat(Utf8.incomplete(text, 3)).isEqualTo(2);
        assertThat(Utf8.incomplete(text, 4)).isEqualTo(3);
    }
}
