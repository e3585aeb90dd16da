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

/** Against the examples of RFC 6455 5.7 and RFC 7692 7.2.3. */
class IncomingTest {

    private final List<String> received = new ArrayList<>();
    private final Incoming.Sink sink = new Incoming.Sink() {
        @Override
        public void message(ByteBuffer payload) {
            received.add(StandardCharsets.UTF_8.decode(payload).toString());
        }

        @Override
        public void control(int opcode, ByteBuffer payload) {
            received.add("control " + opcode);
        }
    };

    @Test
    void joinsFragmentsAroundAControlFrame() throws Exception {
        read(incoming(false, false), "010348656c" + "8900" + "80026c6f");

        assertThat(received).containsExactly("control 9", "Hello");
    }

    @Test
    void inflatesTheMessageOfTheExample() throws Exception {
        read(incoming(true, false), "c107f248cdc9c90700");

        assertThat(received).containsExactly("Hello");
    }

    @Test
    void inflatesTheFragmentsOfTheExample() throws Exception {
        read(incoming(true, false), "4103f248cd" + "8004c9c90700");

        assertThat(received).containsExactly("Hello");
    }

    @Test
    void inflatesWhatRefersToTheMessageBefore() throws Exception {
        read(incoming(true, true), "c107f248cdc9c90700" + "c105f200110000");

        assertThat(received).containsExactly("Hello", "Hello");
    }

    @Test
    void refusesCompressionThatWasNotAgreedOn() {
        assertThatThrownBy(() -> read(incoming(false, false), "c107f248cdc9c90700"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("not agreed on");
    }

    @Test
    void refusesAContinuationOfNothing() {
        assertThatThrownBy(() -> read(incoming(false, false), "80026c6f"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("did not begin");
    }

    @Test
    void inflatesWhatItHasDeflated() throws Exception {
        Compression compression = new Compression();
        Payload payload = new Payload(20_000);

        ByteBuffer compressed = compression.deflate(payload.of(7, 8));

        assertThat(compressed.remaining()).isLessThan(1_000);
        byte[] inflated = compression.inflate(compressed, new byte[0]);
        assertThat(payload.matches(ByteBuffer.wrap(inflated), 7, 8)).isTrue();
    }

    private Incoming incoming(boolean deflate, boolean keepsContext) {
        return new Incoming(new Handshake.Agreement(deflate, keepsContext), new Compression(), sink);
    }

    private static void read(Incoming incoming, String hex) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        boolean more = true;
        while (more) {
            more = FrameReader.read(in, incoming);
        }
    }
}
