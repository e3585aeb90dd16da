package platform.core.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the examples of RFC 6455 5.7. */
class FrameReaderTest {

    private final List<String> frames = new ArrayList<>();

    @Test
    void readsTheUnmaskedTextOfTheExample() throws Exception {
        assertThat(read("810548656c6c6f")).containsExactly("1 fin Hello");
    }

    @Test
    void readsTheFragmentsOfTheExample() throws Exception {
        assertThat(read("010348656c" + "80026c6f")).containsExactly("1 Hel", "0 fin lo");
    }

    @Test
    void readsThePingOfTheExample() throws Exception {
        assertThat(read("890548656c6c6f")).containsExactly("9 fin Hello");
    }

    @Test
    void readsLengthsOfTwoAndOfEightBytes() throws Exception {
        assertThat(read("827e0100" + "41".repeat(256))).containsExactly("2 fin " + "A".repeat(256));
        assertThat(read("827f0000000000010000" + "41".repeat(65536))).containsExactly("2 fin " + "A".repeat(65536));
    }

    @Test
    void tellsWhatIsCompressed() throws Exception {
        assertThat(read("c10748656c6c6f2121")).containsExactly("1 fin compressed Hello!!");
    }

    @Test
    void leavesAFrameThatIsNotCompleteInTheBuffer() throws Exception {
        byte[] whole = HexFormat.of().parseHex("817e0100" + "41".repeat(256));
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, length);
            assertThat(FrameReader.read(part, this::collect)).isFalse();
            assertThat(part.remaining()).isEqualTo(length);
        }
        assertThat(frames).isEmpty();
    }

    @Test
    void refusesWhatNoServerMaySend() {
        assertThatThrownBy(() -> read("818537fa213d7f9f4d5158"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("masked");
        assertThatThrownBy(() -> read("a10548656c6c6f"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("reserved");
        assertThatThrownBy(() -> read("827fffffffffffffffff"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("negative");
    }

    private List<String> read(String hex) throws IOException {
        frames.clear();
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        while (FrameReader.read(in, this::collect)) {
            assertThat(frames).isNotEmpty();
        }
        return frames;
    }

    private void collect(int opcode, boolean fin, boolean compressed, ByteBuffer payload) {
        String text = StandardCharsets.US_ASCII.decode(payload).toString();
        frames.add(opcode + (fin ? " fin" : "") + (compressed ? " compressed " : " ") + text);
    }
}
