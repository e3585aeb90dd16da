package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.HttpConfiguration;
import org.junit.jupiter.api.Timeout;

/**
 * Searches for a first request that the short cut to a WebSocket does not bear: it answers 101 with what belongs to it and no
 * line more, or leaves the request to Jetty.
 */
class FirstRequestFuzzTest {

    private static final String[] LINES = {
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: chat",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        "Origin: http://localhost",
        "Content-Length: 0"
    };

    /** The time-out is for one input. */
    @Timeout(20)
    @FuzzTest(maxDuration = "5s")
    void anyFirstRequest(FuzzedDataProvider data) {
        try (SocketFixture sockets = new SocketFixture(Runnable::run)) {
            FirstRequestFactory factory = new FirstRequestFactory(
                    new HttpConfiguration(),
                    (host, path) -> path.equals("/a") ? sockets.endpoint : null,
                    new SocketUpgrade(sockets.engine),
                    () -> HttpSettingsFixture.DEFAULT,
                    null);
            SocketRequestReader reader = new SocketRequestReader(factory);
            if (reader.read(ByteBuffer.wrap(request(data)))) {
                mustBeWell(factory.accept(
                        reader.path(), reader.request(InetSocketAddress.createUnresolved("localhost", 1))));
            }
        }
    }

    private static byte[] request(FuzzedDataProvider data) {
        StringBuilder head = new StringBuilder("GET /a");
        head.append(data.consumeInt(0, 3) == 0 ? data.consumeString(12) : "").append(" HTTP/1.1\r\n");
        for (String line : LINES) {
            head.append(data.consumeInt(0, 7) == 0 ? data.consumeString(60) : line)
                    .append("\r\n");
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        return PeerFrames.concat(bytes, data.consumeRemainingAsBytes());
    }

    private static void mustBeWell(SocketUpgrade.Accepted accepted) {
        if (accepted == null) {
            return;
        }
        String response =
                StandardCharsets.ISO_8859_1.decode(accepted.response()).toString();
        assertThat(response)
                .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                .contains("Sec-WebSocket-Accept: ")
                .endsWith("\r\n\r\n");
        assertThat(response.lines()).hasSizeLessThanOrEqualTo(6);
    }
}
