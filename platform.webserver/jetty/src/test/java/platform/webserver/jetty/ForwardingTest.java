package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketOptions;

/** Whose word counts about who sent a request. */
class ForwardingTest {

    private static final String PROXIES = "127.0.0.0/8, 10.0.0.0/8";

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private String who(String headers) throws Exception {
        String answer = server.raw("GET /who HTTP/1.1\r\nHost: own:1\r\nConnection: close\r\n"
                + headers.replace("|", "\r\n") + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=192.0.2.1;proto=https;host=x",
                "X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: https"
            })
    void aStrangersHeadersMeanNothing(String headers) throws Exception {
        server = TestServer.started();
        assertThat(who(headers)).isEqualTo("127.0.0.1 http own:1 false");
        server.close();
        server = TestServer.started(HttpSettingsFixture.with("192.0.2.0/24"));
        assertThat(who(headers)).isEqualTo("127.0.0.1 http own:1 false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Forwarded: for=192.0.2.1;proto=https;host=shop.example.com > 192.0.2.1 https shop.example.com:443 true",
                "Forwarded: for=192.0.2.1 > 192.0.2.1 http own:1 false",
                "Forwarded: For=\"[2001:db8::7]:4711\"; Proto=HTTPS > [2001:db8:0:0:0:0:0:7] https own:1 true",
                "Forwarded: for=192.0.2.1:99;host=\"a.example:8080\" > 192.0.2.1 http a.example:8080 false",
                "X-Forwarded-For: 192.0.2.1 > 192.0.2.1 http own:1 false",
                "X-Forwarded-For: 2001:db8::7 > [2001:db8:0:0:0:0:0:7] http own:1 false",
                "X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: https|X-Forwarded-Host: b.example > 192.0.2.1 https b.example:443 true",
                "X-Forwarded-For: 192.0.2.1|X-Forwarded-Host: b.example|X-Forwarded-Port: 81 > 192.0.2.1 http b.example:81 false",
                "X-Forwarded-Proto: https > 127.0.0.1 https own:1 true",
                "Accept: x > 127.0.0.1 http own:1 false"
            })
    void aTrustedProxySaysWhoTheClientIs(String headers, String seen) throws Exception {
        server = TestServer.started(HttpSettingsFixture.with(PROXIES));

        assertThat(who(headers)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "X-Forwarded-For: 127.0.0.1, 192.0.2.1 > 192.0.2.1",
                "X-Forwarded-For: 127.0.0.1|X-Forwarded-For: 192.0.2.1 > 192.0.2.1",
                "X-Forwarded-For: 127.0.0.1, 192.0.2.1, 10.0.0.9 > 192.0.2.1",
                "Forwarded: for=127.0.0.1, for=192.0.2.1, for=10.0.0.9 > 192.0.2.1",
                "Forwarded: for=127.0.0.1|Forwarded: for=192.0.2.1 > 192.0.2.1",
                "Forwarded: for=\"1, 127.0.0.1\", for=192.0.2.1 > 192.0.2.1",
                "Forwarded: for=10.0.0.1, for=10.0.0.2 > 10.0.0.1",
                "Forwarded: for=192.0.2.1|X-Forwarded-For: 127.0.0.1 > 192.0.2.1"
            })
    void whatTheClientMadeUpIsNotBelieved(String headers, String address) throws Exception {
        server = TestServer.started(HttpSettingsFixture.with(PROXIES));

        assertThat(who(headers)).startsWith(address + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=unknown",
                "Forwarded: for=_hidden",
                "Forwarded: for=\"",
                "Forwarded: ;;,=,for",
                "Forwarded: for=localhost",
                "Forwarded: host=\"a b:x\";proto=gopher",
                "X-Forwarded-For: 999.1.1.1",
                "X-Forwarded-For: ,",
                "X-Forwarded-Host: :::|X-Forwarded-Port: 80"
            })
    void whatCannotBeReadChangesNothing(String headers) throws Exception {
        server = TestServer.started(HttpSettingsFixture.with(PROXIES));

        assertThat(who(headers)).isEqualTo("127.0.0.1 http own:1 false");
    }

    @Test
    void aWebSocketSeesTheClientOfAProxyToo() throws Exception {
        server = TestServer.started(HttpSettingsFixture.with(PROXIES));
        CompletableFuture<Optional<InetAddress>> seen = new CompletableFuture<>();
        WebPath path = server.open("/example.com/acme", "acme@example.com");
        path.context().webSocket("/s", WebSocketOptions.DEFAULT.withRemote(), session -> {
            seen.complete(session.upgrade().remote());
            return new WebSocketListener() {};
        });
        path.activate();

        try (Socket socket = server.connect()) {
            String request = "GET /example.com/acme/s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Forwarded-For: 127.0.0.1, 192.0.2.1\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(seen.get(20, TimeUnit.SECONDS)).contains(InetAddress.getByName("192.0.2.1"));
        }
    }

    @Test
    void whatAProxyWasAskedWithoutTlsIsNotSecure() throws Exception {
        server = TestServer.started(HttpSettingsFixture.with(PROXIES));
        HttpRequest request = HttpRequest.newBuilder(server.https().resolve("/who"))
                .header("X-Forwarded-For", "192.0.2.1")
                .header("X-Forwarded-Proto", "http")
                .build();

        assertThat(server.client.send(request, BodyHandlers.ofString()).body())
                .startsWith("192.0.2.1 http ")
                .endsWith(" false");
    }

    @Test
    void aProxyBeginsWithTheProxyProtocolWhereItShould() throws Exception {
        server = TestServer.started(proxyProtocol("127.0.0.1"));

        assertThat(afterProxy("PROXY TCP4 192.0.2.9 127.0.0.1 4711 80\r\n".getBytes(StandardCharsets.US_ASCII)))
                .contains("192.0.2.9 http own:1 false");
        assertThat(afterProxy(version2())).contains("192.0.2.9 http own:1 false");
        assertThat(afterProxy(new byte[0])).isEmpty();
        assertThat(afterProxy("PROXY TCP4 x y\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void aStrangersProxyProtocolIsABadRequest() throws Exception {
        server = TestServer.started(proxyProtocol("192.0.2.0/24"));

        assertThat(afterProxy("PROXY TCP4 192.0.2.9 127.0.0.1 4711 80\r\n".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 400");
        assertThat(who("Accept: x")).isEqualTo("127.0.0.1 http own:1 false");
    }

    private static HttpSettings proxyProtocol(String proxies) {
        return new HttpSettings(
                HttpLimits.DEFAULT, Proxies.parse(proxies), true, false, 1024, HttpSettingsFixture.NO_LOG);
    }

    /** From 192.0.2.9 port 4711 to 127.0.0.1 port 80, by TCP over IPv4. */
    private static byte[] version2() {
        return new byte[] {
            13,
            10,
            13,
            10,
            0,
            13,
            10,
            'Q',
            'U',
            'I',
            'T',
            10,
            0x21,
            0x11,
            0,
            12,
            (byte) 192,
            0,
            2,
            9,
            127,
            0,
            0,
            1,
            0x12,
            0x67,
            0,
            80
        };
    }

    private String afterProxy(byte[] first) throws Exception {
        try (Socket socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(first);
            out.write("GET /who HTTP/1.1\r\nHost: own:1\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
