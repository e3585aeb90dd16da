package platform.core.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SocketFrameTest {

    private static SocketFrame sent(SocketFrame frame) throws IOException {
        return SocketFrame.read(
                new DataInputStream(new ByteArrayInputStream(frame.encoded().array())));
    }

    @Test
    void comesOutAsItWentIn() throws IOException {
        SocketFrame frame = sent(new SocketFrame(SocketFrame.Kind.TEXT, 7, "grüß"));

        assertThat(frame.kind()).isEqualTo(SocketFrame.Kind.TEXT);
        assertThat(frame.socket()).isEqualTo(7);
        assertThat(frame.text()).isEqualTo("grüß");
    }

    @Test
    void aCloseHasACodeAndAReason() throws IOException {
        SocketFrame frame = sent(SocketFrame.close(1, 4999, "so"));

        assertThat(frame.code()).isEqualTo(4999);
        assertThat(frame.reason()).isEqualTo("so");
    }

    @Test
    void anEmptyMessageIsOne() throws IOException {
        assertThat(sent(new SocketFrame(SocketFrame.Kind.BINARY, 1, ByteBuffer.allocate(0)))
                        .payload())
                .isEmpty();
    }

    @Test
    void whatIsNoFrameIsRefusedBeforeItsLengthIsBelieved() {
        byte[] nonsense = {127, -1, -1, -1, 99, 0, 0, 0, 1};

        assertThatThrownBy(() -> SocketFrame.read(new DataInputStream(new ByteArrayInputStream(nonsense))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no frame");
    }
}
