package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private static final Set<Integer> OPCODES = Set.of(0, 1, 2, 8, 9, 10);

    @Test
    void everyFirstAndSecondByteIsJudgedAsTheRfcDoes() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                for (boolean compressing : new boolean[] {false, true}) {
                    assertThat(accepted((byte) first, (byte) second, compressing))
                            .as("%x %x %s", first, second, compressing)
                            .isEqualTo(legal(first, second, compressing));
                }
            }
        }
    }

    private static boolean accepted(byte first, byte second, boolean compressing) {
        try {
            Frames.check(first, second, compressing);
            return true;
        } catch (FrameException e) {
            assertThat(e.code()).isEqualTo(CloseCodes.PROTOCOL_ERROR);
            return false;
        }
    }

    /** RFC 6455 5.2, and for RSV1 RFC 7692 6. */
    private static boolean legal(int first, int second, boolean compressing) {
        int opcode = first & 15;
        boolean control = opcode >= 8;
        boolean rsv1 = (first & 0x40) != 0;
        return (first & 0x30) == 0
                && (!rsv1 || compressing && (opcode == 1 || opcode == 2))
                && OPCODES.contains(opcode)
                && second >= 128
                && (!control || first >= 128 && (second & 127) <= 125);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 125, 126, 127, 65535, 65536, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE})
    void aLengthIsRead(long length) {
        byte[] header = PeerFrames.header(0x82, length);

        assertThat(Frames.headerSize(header[1])).isEqualTo(header.length);
        assertThat(Frames.length(header[1], ByteBuffer.wrap(header, 2, header.length - 2)))
                .isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"126,0", "126,125", "127,0", "127,126", "127,65535", "127,-1", "127,-9223372036854775808"})
    void aLengthThatIsNotInItsShortestFormIsRefused(int form, long length) {
        ByteBuffer bytes = ByteBuffer.allocate(8);
        ByteBuffer written = form == 126 ? bytes.putShort((short) length) : bytes.putLong(length);

        assertThatThrownBy(() -> Frames.length(0x80 | form, written.flip()))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.code()).isEqualTo(1002));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 32768, 65535, 65536, 70000, Integer.MAX_VALUE})
    void aServersHeaderIsInItsShortestFormAndNotMasked(int length) {
        ByteBuffer out = ByteBuffer.allocate(Frames.MAX_HEADER);

        Frames.putHeader(out, Frames.FIN | Frames.BINARY, length);

        byte[] masked = PeerFrames.header(0x82, length);
        assertThat(out.position()).isEqualTo(Frames.headerSizeOut(length)).isEqualTo(masked.length - 4);
        assertThat(out.get(0)).isEqualTo(masked[0]);
        assertThat(out.get(1)).isEqualTo((byte) (masked[1] & 0x7f));
        for (int i = 2; i < out.position(); i++) {
            assertThat(out.get(i)).isEqualTo(masked[i]);
        }
    }
}
