package platform.core.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against the examples of RFC 6455 5.7 and the lengths of 5.2. */
class FrameWriterTest {

    private static final int MASK = 0x37fa213d;

    @Test
    void masksTheTextOfTheExample() {
        ByteBuffer hello = ByteBuffer.wrap("Hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(hex(Opcode.TEXT, false, hello)).isEqualTo("818537fa213d7f9f4d5158");
    }

    @Test
    void masksThePongOfTheExample() {
        ByteBuffer hello = ByteBuffer.wrap("Hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(hex(Opcode.PONG, false, hello)).isEqualTo("8a8537fa213d7f9f4d5158");
    }

    @Test
    void marksWhatIsCompressed() {
        assertThat(hex(Opcode.TEXT, true, ByteBuffer.allocate(0))).isEqualTo("c180" + "37fa213d");
    }

    @Test
    void writesTheLengthInTheShortestForm() {
        assertThat(hex(Opcode.BINARY, false, ByteBuffer.allocate(125))).startsWith("82fd37fa213d");
        assertThat(hex(Opcode.BINARY, false, ByteBuffer.allocate(256))).startsWith("82fe010037fa213d");
        assertThat(hex(Opcode.BINARY, false, ByteBuffer.allocate(65536))).startsWith("82ff000000000001000037fa213d");
    }

    @Test
    void masksEachByteOfAnyLength() {
        for (int length = 0; length < 40; length++) {
            byte[] payload = new byte[length];
            ByteBuffer out = ByteBuffer.allocate(length + FrameWriter.OVERHEAD);
            FrameWriter.write(out, Opcode.BINARY, false, ByteBuffer.wrap(payload), MASK);
            for (int i = 0; i < length; i++) {
                assertThat(out.get(6 + i)).isEqualTo((byte) (MASK >>> 24 - 8 * (i % 4)));
            }
        }
    }

    private static String hex(int opcode, boolean compressed, ByteBuffer payload) {
        ByteBuffer out = ByteBuffer.allocate(payload.remaining() + FrameWriter.OVERHEAD);
        FrameWriter.write(out, opcode, compressed, payload, MASK);
        return HexFormat.of().formatHex(out.array(), 0, out.position());
    }
}
