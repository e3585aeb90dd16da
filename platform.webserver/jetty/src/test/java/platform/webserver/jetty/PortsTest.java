package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

/** Ports that change while the server runs. */
class PortsTest {

    private final TestServer server = TestServer.started();
    private final int former = server.http().getPort();

    @AfterEach
    void stop() {
        server.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void follow(String bind, int http) {
        server.server.follow(TestServer.settings(bind, http));
    }

    @Test
    void theNewPortServesAndTheFormerIsClosed() throws Exception {
        URI https = server.https();
        int port = freePort();

        follow("127.0.0.1", port);

        assertThat(server.http().getPort()).isEqualTo(port);
        assertThat(server.get("/").body()).isEqualTo("root page");
        assertThat(server.https()).isEqualTo(https);
        assertThatThrownBy(() -> new Socket("127.0.0.1", former).close()).isInstanceOf(ConnectException.class);
        follow("127.0.0.1", port);
        assertThat(server.get("/").body()).isEqualTo("root page");
    }

    @Test
    void connectionsOfTheFormerPortGoOn() throws Exception {
        WebPath path = server.open("/example.com/acme", "acme@example.com");
        path.context().webSocket("/", session -> new WebSocketListener() {
            @Override
            public void onText(WebSocketSession sender, String message) {
                sender.send(message);
            }
        });
        path.activate();
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket webSocket = server.client
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + former + "/example.com/acme"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        echo.complete(data.toString());
                        return null;
                    }
                })
                .join();
        try (Socket kept = server.connect()) {
            CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(this::slow);
            assertThat(server.arrived.await(20, TimeUnit.SECONDS)).isTrue();

            follow("127.0.0.1", freePort());
            server.released.countDown();

            assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("slow page");
            kept.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(kept.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
            webSocket.sendText("still here", true).join();
            assertThat(echo.get(20, TimeUnit.SECONDS)).isEqualTo("still here");
        }
    }

    private HttpResponse<String> slow() {
        try {
            return server.get("/slow");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPortThatCannotBeOpenedLeavesTheFormer() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            follow("127.0.0.1", taken.getLocalPort());

            assertThat(server.http().getPort()).isEqualTo(former);
            assertThat(server.get("/").body()).isEqualTo("root page");
        }
        int port = freePort();
        follow("127.0.0.1", port);
        assertThat(server.http().getPort()).isEqualTo(port);
    }

    @Timeout(20)
    @Test
    void theAddressOfTheSamePortCanChange() throws Exception {
        int port = freePort();
        follow("127.0.0.1", port);

        follow("0.0.0.0", port);
        assertThat(server.http().getPort()).isEqualTo(port);
        assertThat(server.get("/").body()).isEqualTo("root page");

        while (server.server.isDraining()) {
            Thread.onSpinWait();
        }
        for (URI root : server.server.addresses()) {
            HttpRequest request = HttpRequest.newBuilder(root).build();
            assertThat(server.client.send(request, BodyHandlers.ofString()).body())
                    .isEqualTo("root page");
        }

        follow("192.0.2.1", port);
        assertThat(server.http().getPort()).isEqualTo(port);
        assertThat(server.get("/").body()).isEqualTo("root page");
    }
}
