package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.PathAliases;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebserverException;

/** What leads to a path besides itself: a host of its own, and paths that it had before. */
class AliasesTest {

    private static final String HOST = "acme.example.com";
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private final TestServer server = TestServer.started();
    private final WebPath acme = serving("/example.com/acme", "acme@example.com");
    private final WebPath other = serving("/example.com/other", "other@example.com");

    @AfterEach
    void stop() {
        server.close();
    }

    private WebPath serving(String path, String owner) {
        WebPath opened = server.open(path, owner);
        opened.context().files("/", AliasesTest.class, "/web");
        opened.context().webSocket("/socket", session -> new WebSocketListener() {});
        opened.activate();
        return opened;
    }

    private static PathAliases host(String name) {
        return new PathAliases(Optional.of(name), Map.of());
    }

    private static PathAliases former(String path, Duration left) {
        return new PathAliases(Optional.empty(), Map.of(path, Instant.now().plus(left)));
    }

    /** The whole answer to a request. */
    private String ask(String host, String path, String headers) throws IOException {
        try (Socket socket = server.connect()) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            if (headers.contains("websocket")) {
                return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String get(String host, String path) throws IOException {
        return ask(host, path, "Connection: close\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, "ACME.example.com", "acme.example.com.", "acme.example.com:8080"})
    void onAHostOfItsOwnAnInstanceIsAloneAndItsRootLeadsThere(String name) throws IOException {
        acme.alias(host(HOST));

        assertThat(get(name, "/"))
                .startsWith("HTTP/1.1 307 ")
                .containsPattern("Location: (http://[A-Za-z.:0-9]+)?/example.com/acme/\r\n");
        assertThat(get(name, "/example.com/acme/")).startsWith("HTTP/1.1 200 ");
        assertThat(get(name, "/example.com/other/")).startsWith("HTTP/1.1 404 ");
        assertThat(get(name, "/nothing"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("404 Not Found: There is nothing else on this host\n");
    }

    @Test
    void onOtherHostsNothingHasChanged() throws IOException {
        acme.alias(host(HOST));

        assertThat(get("localhost", "/")).endsWith("root page");
        assertThat(get("localhost", "/example.com/acme/")).startsWith("HTTP/1.1 200 ");
        assertThat(get("localhost", "/example.com/other/")).startsWith("HTTP/1.1 200 ");
        assertThat(get("example.com", "/")).endsWith("root page");
    }

    @Test
    void webSocketsKnowWhoseAHostIs() throws IOException {
        acme.alias(host(HOST));

        assertThat(ask(HOST, "/example.com/acme/socket", UPGRADE)).isEqualTo("HTTP/1.1 101");
        assertThat(ask(HOST, "/example.com/acme/socket", UPGRADE + "Origin: http://" + HOST + "\r\n"))
                .isEqualTo("HTTP/1.1 101");
        assertThat(ask(HOST, "/example.com/acme/socket", UPGRADE + "Origin: http://localhost\r\n"))
                .isEqualTo("HTTP/1.1 403");
        assertThat(ask(HOST, "/example.com/other/socket", UPGRADE)).isEqualTo("HTTP/1.1 404");
    }

    @Test
    void aHostIsGivenBackWithItsPathAndByItself() throws IOException {
        acme.alias(host(HOST));
        acme.alias(PathAliases.NONE);
        assertThat(get(HOST, "/")).endsWith("root page");

        acme.alias(host(HOST));
        acme.close();
        assertThat(get(HOST, "/")).endsWith("root page");
    }

    @Test
    void aHostIsItsOwnersAloneWhileTheOwnerMoves() throws IOException {
        acme.alias(host(HOST));
        WebPath next = server.server
                .paths()
                .open(new PathSpec("/next", "acme@example.com", "testapp", server.executor, host(HOST), error -> {}));
        next.activate();

        assertThat(get(HOST, "/example.com/acme/")).startsWith("HTTP/1.1 200 ");
        assertThat(ask(HOST, "/example.com/acme/socket", UPGRADE)).isEqualTo("HTTP/1.1 101");
        assertThat(get(HOST, "/next")).startsWith("HTTP/1.1 302 ");
        assertThat(get(HOST, "/example.com/other/")).startsWith("HTTP/1.1 404 ");
        acme.close();
        assertThat(get(HOST, "/")).startsWith("HTTP/1.1 307 ").contains("/next/\r\n");
        assertThat(get(HOST, "/example.com/other/")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aHostHasOneOwner() {
        acme.alias(host(HOST));
        acme.alias(host(HOST));

        assertThatThrownBy(() -> other.alias(host(HOST)))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("belongs to acme@example.com")
                .hasMessageContaining("instance:edit acme@example.com --no-host");
        assertThatThrownBy(() -> server.server.paths().checkHost(HOST, "other@example.com"))
                .isInstanceOf(WebserverException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "Acme.example.com",
                "acme example.com",
                "acme.example.com:80",
                "-acme.example.com",
                "acme..example.com",
                "127.0.0.1",
                "[::1]",
                "münchen.example",
                "a\r\nb"
            })
    void aHostMustBeAName(String name) {
        assertThatThrownBy(() -> acme.alias(host(name))).isInstanceOf(WebserverException.class);
    }

    @Test
    void aFormerPathRedirectsWithAllBelowItAndTheQuery() throws IOException {
        acme.alias(former("/old/place", Duration.ofDays(1)));

        assertThat(get("localhost", "/old/place/a%20b/c?d=e%26f"))
                .startsWith("HTTP/1.1 308 ")
                .contains("/example.com/acme/a%20b/c?d=e%26f\r\n");
        assertThat(get("localhost", "/old/place")).startsWith("HTTP/1.1 308 ").contains("/example.com/acme\r\n");
        assertThat(get("localhost", "/ol%64/place;x/y"))
                .startsWith("HTTP/1.1 308 ")
                .contains("/example.com/acme/y\r\n");
        assertThat(get("localhost", "/old/placebo")).startsWith("HTTP/1.1 404 ");
        assertThat(get("localhost", "/old")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aFormerPathRedirectsOnTheHostOfItsOwnToo() throws IOException {
        acme.alias(new PathAliases(
                Optional.of(HOST), Map.of("/old/place", Instant.now().plus(Duration.ofDays(1)))));

        assertThat(get(HOST, "/old/place/x")).startsWith("HTTP/1.1 308 ").contains("/example.com/acme/x\r\n");
    }

    @Test
    void aFormerPathIsFreeWhenItsTimeIsOver() throws IOException {
        acme.alias(former("/old/place", Duration.ofSeconds(-1)));

        assertThat(get("localhost", "/old/place/")).startsWith("HTTP/1.1 404 ");
        serving("/old/place", "next@example.com");
        assertThat(get("localhost", "/old/place/")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aFormerPathWhoseTimeIsOverStandsInNobodysWay() throws IOException {
        acme.alias(new PathAliases(Optional.empty(), Map.of("/old", Instant.EPOCH, "/older/place", Instant.EPOCH)));
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        other.alias(new PathAliases(Optional.empty(), Map.of("/old", tomorrow, "/older", tomorrow)));

        assertThat(get("localhost", "/old/x")).startsWith("HTTP/1.1 308 ").contains("/example.com/other/x\r\n");
        assertThat(get("localhost", "/older/place/x"))
                .startsWith("HTTP/1.1 308 ")
                .contains("/example.com/other/place/x\r\n");
        acme.alias(new PathAliases(Optional.of(HOST), Map.of("/old", Instant.EPOCH)));
        assertThat(get("localhost", "/old/x")).contains("/example.com/other/x\r\n");
    }

    @Test
    void anInstanceMayTakeItsFormerPathBack() throws IOException {
        acme.alias(former("/old/place", Duration.ofDays(1)));

        serving("/old/place", "acme@example.com");

        assertThat(get("localhost", "/old/place/")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aFormerPathIsNobodyElsesUntilThen() {
        acme.alias(former("/old/place", Duration.ofDays(1)));

        assertThatThrownBy(() -> server.open("/old/place", "next@example.com"))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("redirects to /example.com/acme of acme@example.com until ")
                .hasMessageContaining("instance:edit acme@example.com --drop-old-paths");
        assertThatThrownBy(() -> other.alias(former("/old/place", Duration.ofDays(1))))
                .isInstanceOf(WebserverException.class);
        acme.alias(PathAliases.NONE);
        server.open("/old/place", "next@example.com").close();
    }
}
