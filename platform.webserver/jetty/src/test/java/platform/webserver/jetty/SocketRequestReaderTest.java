package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketRequestReaderTest {

    private static final String HEAD =
            "GET /a/b?c=%20d HTTP/1.1\r\nHost: localhost:8080\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final SocketRequestReader reader = new SocketRequestReader(new FirstRequestFactory(
            new HttpConfiguration(), (host, path) -> null, null, () -> HttpSettingsFixture.DEFAULT, null));

    private boolean reads(String head) {
        return reader.read(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void saysWhatARequestForAWebSocketAsksFor() {
        assertThat(reads(HEAD)).isTrue();
        assertThat(reader.path()).isEqualTo("/a/b");
        assertThat(reader.request(null).query()).isEqualTo("c=%20d");
        assertThat(reader.request(null).host()).isEqualTo("localhost:8080");
        assertThat(reader.request(null).header(HttpHeader.SEC_WEBSOCKET_KEY)).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Test
    void stopsBehindTheHeadWhereFramesBegin() {
        ByteBuffer bytes = ByteBuffer.wrap((HEAD + "frame").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reader.read(bytes)).isTrue();
        assertThat(StandardCharsets.ISO_8859_1.decode(bytes).toString()).isEqualTo("frame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /a/b",
                "GET /a/../b",
                "GET /a/.b",
                "GET /a//b",
                "GET /a/",
                "GET /a/%62",
                "GET /a/b;c",
                "GET /a/b#c",
                "GET /a/b?<",
                "GET http://localhost/a/b",
                "GET *",
                "PRI *",
                "get /a/b"
            })
    void leavesRequestLinesThatAreNotPlainToJetty(String line) {
        assertThat(reads(HEAD.replace("GET /a/b?c=%20d", line))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: other",
                "Expect: 100-continue",
                "Forwarded: for=192.0.2.1",
                "X-Forwarded-Host: other",
                "Bad Name: x",
                " folded",
                "Content-Length: x",
                "Content-Length: 1\r\nContent-Length: 2",
                "Content-Length: 1\r\nTransfer-Encoding: chunked",
                "No colon"
            })
    void leavesHeadersThatAreNotPlainToJetty(String header) {
        assertThat(reads(HEAD.replace("Upgrade: websocket\r\n", "Upgrade: websocket\r\n" + header + "\r\n")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost:8080\r\n", "Upgrade: websocket\r\n"})
    void leavesWhatLacksAHeaderToJetty(String header) {
        assertThat(reads(HEAD.replace(header, ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: ", "Host: a b", "Host: user@host", "Host: [::1]", "Host: localhost:123456"})
    void leavesHostsThatAreNotPlainToJetty(String header) {
        assertThat(reads(HEAD.replace("Host: localhost:8080", header))).isFalse();
    }

    @Test
    void leavesEveryHeadThatIsCutToJetty() {
        for (int length = 1; length < HEAD.length(); length++) {
            SocketRequestReaderTest each = new SocketRequestReaderTest();
            assertThat(each.reads(HEAD.substring(0, length))).isFalse();
        }
    }

    @Test
    void leavesAHeadThatIsTooLargeToJetty() {
        assertThat(reads(HEAD.replace("\r\n\r\n", "\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")))
                .isFalse();
    }

    @Test
    void leavesOtherVersionsToJetty() {
        assertThat(reads(HEAD.replace("HTTP/1.1", "HTTP/1.0"))).isFalse();
    }
}
