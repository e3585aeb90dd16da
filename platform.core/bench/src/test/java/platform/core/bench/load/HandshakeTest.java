package platform.core.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final String ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

    private final Handshake handshake = new Handshake(URI.create("ws://127.0.0.1:80/a%20b?c=d"), true);

    @Test
    void asksForThePathAndOffersCompression() {
        String request = new String(handshake.request(), StandardCharsets.US_ASCII);

        assertThat(request)
                .startsWith("GET /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:80\r\n")
                .contains("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void offersNothingWhenNotToldTo() {
        Handshake plain = new Handshake(URI.create("ws://127.0.0.1:80"), false);

        assertThat(new String(plain.request(), StandardCharsets.US_ASCII))
                .startsWith("GET / HTTP/1.1\r\n")
                .doesNotContain("Extensions");
    }

    @Test
    void acceptsTheAnswerOfRfc6455() throws Exception {
        ByteBuffer in = buffer(ACCEPTED + "\r\n" + "rest");

        assertThat(handshake.read(in)).contains(new Handshake.Agreement(false, true));
        assertThat(in.remaining()).isEqualTo(4);
    }

    @Test
    void understandsWhatWasAgreedOn() throws Exception {
        String extension = "sec-websocket-extensions: permessage-deflate;server_no_context_takeover\r\n";

        assertThat(handshake.read(buffer(ACCEPTED + extension + "\r\n")))
                .contains(new Handshake.Agreement(true, false));
    }

    @Test
    void waitsForTheWholeAnswer() throws Exception {
        ByteBuffer in = buffer(ACCEPTED);

        assertThat(handshake.read(in)).isEmpty();
        assertThat(in.position()).isZero();
    }

    @Test
    void saysWhatTheServerAnsweredInstead() {
        assertThatThrownBy(() -> handshake.read(buffer("HTTP/1.1 404 Not Found\r\n\r\n")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the server answered HTTP/1.1 404 Not Found");
        assertThatThrownBy(() -> handshake.read(buffer(ACCEPTED.replace("s3p", "xxx") + "\r\n")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("Sec-WebSocket-Accept");
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
