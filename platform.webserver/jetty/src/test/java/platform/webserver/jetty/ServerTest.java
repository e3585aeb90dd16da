package platform.webserver.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebserverException;

/** Ports, protocols, start and stop. */
class ServerTest {

    private static HttpResponse<String> get(TestServer server, URI uri, Version version) throws Exception {
        return server.client.send(HttpRequest.newBuilder(uri).version(version).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({"0,HTTP_1_1", "0,HTTP_2", "1,HTTP_1_1", "1,HTTP_2"})
    void bothPortsSpeakBothVersionsOfHttp(int port, Version version) throws Exception {
        try (TestServer server = TestServer.started()) {
            URI root = server.server.addresses().get(port);

            // The client asks a plain port for HTTP/2 by an upgrade: the second request is the first over HTTP/2.
            get(server, root, version);
            HttpResponse<String> answer = get(server, root, version);

            assertThat(answer.body()).isEqualTo("root page");
            assertThat(answer.version()).isEqualTo(version);
        }
    }

    @Test
    void requestsRunOnVirtualThreadsWhereTheJvmHasThem() throws Exception {
        try (TestServer server = TestServer.started()) {
            assertThat(server.get("/").headers().firstValue("X-Virtual-Thread"))
                    .contains(String.valueOf(Runtime.version().feature() >= 21));
        }
    }

    @Test
    void dotsAreRefusedOverHttp2Too() throws Exception {
        try (TestServer server = TestServer.started()) {
            HttpResponse<String> answer =
                    get(server, URI.create(server.https() + "example.com/../../etc/passwd"), Version.HTTP_2);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        }
    }

    @Test
    void webSocketsWorkOverTls() throws Exception {
        try (TestServer server = TestServer.started()) {
            WebPath path = server.open("/example.com/acme", "acme@example.com");
            path.context().webSocket("/", session -> new WebSocketListener() {
                @Override
                public void onText(WebSocketSession sender, String message) {
                    sender.send(message);
                }
            });
            path.activate();
            CompletableFuture<String> echo = new CompletableFuture<>();
            URI uri = URI.create("wss://localhost:" + server.https().getPort() + "/example.com/acme");
            WebSocket socket = server.client
                    .newWebSocketBuilder()
                    .buildAsync(uri, new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                            echo.complete(data.toString());
                            return null;
                        }
                    })
                    .join();

            socket.sendText("hello", true).join();

            assertThat(echo.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        }
    }

    @Test
    void theAddressesAreThoseThatABrowserOnThisMachineUses() {
        try (TestServer server = new TestServer(TestServer.settings("0.0.0.0", 0))) {
            server.server.start(() -> {});

            assertThat(server.server.paths().addresses())
                    .satisfiesExactly(
                            http -> assertThat(http.toString()).matches("http://localhost:[1-9]\\d*/"),
                            https -> assertThat(https.toString()).matches("https://localhost:[1-9]\\d*/"));
        }
    }

    @Test
    void theAddressesAreKnownBeforeTheFirstRequest() {
        try (TestServer server = new TestServer()) {
            server.server.start(() -> assertThat(server.http().getPort()).isPositive());
        }
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                TestServer server = new TestServer(TestServer.settings("127.0.0.1", taken.getLocalPort()))) {
            assertThatThrownBy(() -> server.server.start(() -> {}))
                    .isInstanceOf(WebserverException.class)
                    .hasMessage("Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be opened: another program "
                            + "uses it. Stop that program, or choose another port with --http PORT.");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamedWithWhatToDo() {
        try (TestServer server = new TestServer(TestServer.settings("192.0.2.1", 0))) {
            assertThatThrownBy(() -> server.server.start(() -> {}))
                    .isInstanceOf(WebserverException.class)
                    .hasMessageContaining("192.0.2.1")
                    .hasMessageContaining("--bind ADDR");
        }
    }

    @Test
    void whatFailsWhileItStartsLeavesNoPortOpen() {
        try (TestServer server = new TestServer()) {
            int[] port = new int[1];

            assertThatThrownBy(() -> server.server.start(() -> {
                        port[0] = server.http().getPort();
                        throw new IllegalStateException("whiteboard");
                    }))
                    .isInstanceOf(WebserverException.class)
                    .hasMessageContaining("whiteboard");
            assertThatThrownBy(() -> new Socket("127.0.0.1", port[0]).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void stoppingDoesNotWaitForIdleConnections() throws IOException {
        TestServer server = TestServer.started();
        try (Socket idle = server.connect()) {
            // Else it might not have been accepted yet.
            idle.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            idle.getInputStream().readNBytes("HTTP/1.1 200".length());
            long before = System.nanoTime();

            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            assertThat(new String(idle.getInputStream().readAllBytes(), US_ASCII))
                    .endsWith("root page");
        }
    }

    @Test
    void aRequestUnderWayMayFinishWhenTheServerStops() throws Exception {
        try (TestServer server = TestServer.started()) {
            CompletableFuture<HttpResponse<String>> answer = slowRequest(server);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server.server::close);

            server.released.countDown();

            assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("slow page");
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRequestThatDoesNotFinishIsCutOff() throws Exception {
        try (TestServer server = TestServer.started()) {
            CompletableFuture<HttpResponse<String>> answer = slowRequest(server);
            long before = System.nanoTime();

            server.server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
            assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        }
    }

    private static CompletableFuture<HttpResponse<String>> slowRequest(TestServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.http().resolve("/slow"))
                .version(Version.HTTP_1_1)
                .build();
        CompletableFuture<HttpResponse<String>> answer = server.client.sendAsync(request, BodyHandlers.ofString());
        assertThat(server.arrived.await(20, TimeUnit.SECONDS)).isTrue();
        return answer;
    }
}
