package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketSession.SendResult;
import platform.webserver.api.WebSocketUpgrade;
import platform.webserver.api.WebserverException;

/** WebSockets on an instance's path. */
class SocketTest {

    private static final String BASE = "/example.com/acme";
    private static final long WAIT_SECONDS = 20;

    private final TestServer server = TestServer.started();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private WebPath path;

    @BeforeEach
    void open() {
        path = server.open(BASE, "acme@example.com");
        path.context().webSocket("/echo", session -> new Recorder());
        path.activate();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String event() throws InterruptedException {
        return events.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private Client connect(String below, String... headers) {
        Client client = new Client();
        WebSocket.Builder builder = server.client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI uri = URI.create("ws://127.0.0.1:" + server.http().getPort() + BASE + below);
        client.socket = builder.buildAsync(uri, client).join();
        return client;
    }

    @Test
    void messagesAreEchoedInOrder() throws Exception {
        Client client = connect("/echo?a=b%20c");
        List<String> sent =
                IntStream.range(0, 1000).mapToObj(i -> "message " + i + " ü").toList();

        for (String message : sent) {
            client.socket.sendText(message, true).join();
        }

        for (String message : sent) {
            assertThat(client.next()).isEqualTo(message);
        }
        assertThat(event()).isEqualTo("open /echo a=b%20c");
    }

    @Test
    void fragmentsAndBinaryMessagesArriveWhole() throws Exception {
        Client client = connect("/echo");

        client.socket.sendText("one, ", false).join();
        client.socket.sendText("two, ", false).join();
        client.socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
        client.socket.sendText("three", true).join();
        assertThat(client.next()).isEqualTo("one, two, three");
        client.socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), false).join();
        client.socket.sendBinary(ByteBuffer.wrap(new byte[] {3}), true).join();
        assertThat(client.next()).isEqualTo("binary [1, 2, 3]");
        client.socket.sendText("", true).join();
        assertThat(client.next()).isEmpty();
    }

    @Test
    void theNextMessageWaitsUntilTheListenerIsDone() throws Exception {
        ExecutorService parallel = Executors.newCachedThreadPool();
        WebPath slow =
                server.server.paths().open(new PathSpec("/example.com/slow", "slow@example.com", "testapp", parallel));
        CountDownLatch go = new CountDownLatch(1);
        slow.context().webSocket("/", session -> new WebSocketListener() {
            @Override
            public void onText(WebSocketSession sender, String message) {
                events.add(message);
                await(go);
                events.add(message + " done");
            }
        });
        slow.activate();
        Client client = new Client();
        URI uri = URI.create("ws://127.0.0.1:" + server.http().getPort() + "/example.com/slow/");
        client.socket =
                server.client.newWebSocketBuilder().buildAsync(uri, client).join();

        client.socket.sendText("1", true).join();
        client.socket.sendText("2", true).join();

        assertThat(event()).isEqualTo("1");
        assertThat(events).isEmpty();
        go.countDown();
        assertThat(event()).isEqualTo("1 done");
        assertThat(event()).isEqualTo("2");
        assertThat(event()).isEqualTo("2 done");
        parallel.shutdownNow();
    }

    @Test
    void suspendingThePathClosesWith1001AndActivatingItServesAgain() throws Exception {
        Client client = connect("/echo");
        assertThat(event()).startsWith("open");

        path.suspend("acme is being updated.");

        assertThat(client.closed()).isEqualTo("1001 acme is being updated.");
        assertThat(event()).isEqualTo("close 1001 acme is being updated.");
        assertThatThrownBy(() -> connect("/echo"))
                .satisfies(e -> assertThat(status(e)).isEqualTo(503));
        path.activate();
        Client again = connect("/echo");
        again.socket.sendText("hello", true).join();
        assertThat(again.next()).isEqualTo("hello");
    }

    @Test
    void holdingThePathClosesWith1012() throws Exception {
        Client client = connect("/echo");
        assertThat(event()).startsWith("open");

        path.hold(Duration.ofMinutes(1));

        assertThat(client.closed()).isEqualTo("1012 The service restarts.");
    }

    @Test
    void closingTheRegistrationOrThePathClosesTheSockets() throws Exception {
        var registration = path.context().webSocket("/other", session -> new Recorder());
        Client other = connect("/other");
        Client echo = connect("/echo");

        registration.close();
        assertThat(other.closed()).startsWith("1001");
        assertThatThrownBy(() -> connect("/other"))
                .satisfies(e -> assertThat(status(e)).isEqualTo(404));
        path.close();
        assertThat(echo.closed()).startsWith("1001");
    }

    @Test
    void stoppingTheServerClosesWith1001() throws Exception {
        Client client = connect("/echo");

        server.server.close();

        assertThat(client.closed()).startsWith("1001");
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsCutOff() throws Exception {
        try (Socket socket = server.connect()) {
            upgrade(socket, "/echo");
            assertThat(event()).startsWith("open");

            path.suspend("end");

            byte[] rest = socket.getInputStream().readAllBytes();
            assertThat(rest).startsWith(0x88, 5, 1001 >> 8, 1001 & 0xff, 'e', 'n', 'd');
            assertThat(event()).startsWith("close 1001");
        }
    }

    @Test
    void aListenerThatFailsIsToldAndItsSocketClosedWith1011() throws Exception {
        Client client = connect("/echo");
        assertThat(event()).startsWith("open");

        client.socket.sendText("throw", true).join();

        assertThat(client.closed()).startsWith("1011");
        assertThat(event()).isEqualTo("text throw");
        assertThat(event()).isEqualTo("error as asked");
        assertThat(event()).startsWith("close 1011");
        assertThat(events).isEmpty();
    }

    @Test
    void aFactoryThatFailsClosesWith1011() throws Exception {
        path.context().webSocket("/fails", session -> {
            throw new IllegalStateException("no listener");
        });

        assertThat(connect("/fails").closed()).startsWith("1011");
    }

    @Test
    void anInstanceThatTakesNoTasksAnyMoreClosesWith1001() throws Exception {
        server.executor.shutdown();

        assertThat(connect("/echo").closed()).startsWith("1001");
    }

    @Test
    void theClientsCloseIsReportedOnceAndLast() throws Exception {
        Client client = connect("/echo");
        assertThat(event()).startsWith("open");

        client.socket.sendText("last words", true).join();
        client.socket.sendClose(4711, "bye").join();

        assertThat(event()).isEqualTo("text last words");
        assertThat(event()).isEqualTo("close 4711 bye");
        assertThat(client.closed()).startsWith("4711");
        assertThat(events).isEmpty();
    }

    @Test
    void aPeerThatVanishesIsReportedAs1006() throws Exception {
        try (Socket socket = server.connect()) {
            upgrade(socket, "/echo");
            assertThat(event()).startsWith("open");
        }

        String last = event();
        while (last != null && last.startsWith("error")) {
            last = event();
        }
        assertThat(last).startsWith("close 1006");
    }

    @Test
    void theListenerMayCloseTheSocket() throws Exception {
        Client client = connect("/echo");

        client.socket.sendText("close", true).join();

        assertThat(client.next()).isEqualTo("before");
        assertThat(client.closed()).isEqualTo("4000 enough");
    }

    @Test
    void aMessageThatIsTooLargeClosesWith1009() throws Exception {
        Client client = connect("/echo");
        String half = "x".repeat(600_000);

        client.socket.sendText(half, false).join();
        client.socket.sendText(half, true).join();

        assertThat(client.closed()).startsWith("1009");
    }

    @Test
    void textThatIsNotUtf8ClosesWith1007() throws Exception {
        try (Socket socket = server.connect()) {
            upgrade(socket, "/echo");
            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, (byte) 0xff});

            assertThat(socket.getInputStream().readNBytes(4)).startsWith(0x88).endsWith(1007 >> 8, 1007 & 0xff);
        }
    }

    @Test
    void messagesForAPeerThatDoesNotReadAreRefusedAtLast() throws Exception {
        BlockingQueue<WebSocketSession> sessions = new LinkedBlockingQueue<>();
        path.context().webSocket("/flood", session -> {
            sessions.add(session);
            return new WebSocketListener() {};
        });
        try (Socket socket = server.connect()) {
            upgrade(socket, "/flood");
            WebSocketSession session = sessions.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            byte[] noise = new byte[64 * 1024];
            new Random(1).nextBytes(noise);
            ByteBuffer message = ByteBuffer.wrap(noise);

            assertThat(session.send("first")).isEqualTo(SendResult.SENT);
            SendResult result = session.send(message);
            boolean queued = false;
            for (int i = 0; i < 4000 && result != SendResult.REFUSED; i++) {
                queued |= result == SendResult.QUEUED;
                result = session.send(message);
            }

            assertThat(result).isEqualTo(SendResult.REFUSED);
            assertThat(queued).isTrue();
            assertThat(session.isOpen()).isTrue();
            path.suspend("end");
            assertThat(session.isOpen()).isFalse();
            assertThat(session.send("too late")).isEqualTo(SendResult.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example,403",
        "http://127.0.0.1,403",
        "https://127.0.0.1:1,403",
        "null,403",
        "'',403",
        "http://127.0.0.1.evil.example,403"
    })
    void aPageOfAnotherSiteGetsNoSocket(String origin, int status) {
        assertThatThrownBy(() -> connect("/echo", "Origin", origin))
                .satisfies(e -> assertThat(status(e)).isEqualTo(status));
    }

    @Test
    void aPageOfThisSiteGetsASocket() {
        assertThat(connect(
                                "/echo",
                                "Origin",
                                "http://127.0.0.1:" + server.http().getPort())
                        .socket)
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com,example.com",
        "https://example.com,example.com:443",
        "http://EXAMPLE.com:80,example.com",
        "https://[::1]:8443,[::1]:8443"
    })
    void theStandardPortNeedNotBeNamed(String origin, String host) {
        assertThat(Origins.isSameSite(origin, host)).isTrue();
    }

    @Test
    void aRequestThatIsNoUpgradeIsLeftToOthers() throws Exception {
        assertThat(server.get(BASE + "/echo").statusCode()).isEqualTo(404);
        String answer = server.raw("GET " + BASE + "/echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 7\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 426 ").contains("Sec-WebSocket-Version: 13");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits = 10,''",
        "Sec-WebSocket-Protocol: a; b = c,''",
        "'Sec-WebSocket-Protocol: other, chat ,chat2','Sec-WebSocket-Protocol: chat\r\n'"
    })
    void whatIsMalformedInTheOffersIsLeftOut(String header, String answered) throws Exception {
        path.context()
                .webSocket("/chat", WebSocketOptions.DEFAULT.withSubprotocols("chat2", "chat"), s -> new Recorder());
        try (Socket socket = server.connect()) {
            String request =
                    "GET " + BASE + "/chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + header
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(readHead(socket.getInputStream()))
                    .startsWith("HTTP/1.1 101 ")
                    .contains(answered);
        }
    }

    @Test
    void thePathsOptionsDecideWhatIsAgreedOnAndKept() throws Exception {
        BlockingQueue<WebSocketUpgrade> upgrades = new LinkedBlockingQueue<>();
        WebSocketOptions options = WebSocketOptions.DEFAULT
                .withSubprotocols("chat2", "chat")
                .withHeaders("x-tenant", "x-absent")
                .withOrigins("https://intranet.example")
                .withRemote();
        path.context().webSocket("/options", options, session -> {
            upgrades.add(session.upgrade());
            return new WebSocketListener() {};
        });

        WebSocket socket = server.client
                .newWebSocketBuilder()
                .subprotocols("other", "chat")
                .header("Origin", "https://intranet.example")
                .header("X-Tenant", "acme")
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.http().getPort() + BASE + "/options?a=b"), new Client())
                .join();

        assertThat(socket.getSubprotocol()).isEqualTo("chat");
        assertThat(upgrades.poll(WAIT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(new WebSocketUpgrade(
                        "/options",
                        "a=b",
                        Optional.empty(),
                        "chat",
                        Map.of("x-tenant", "acme"),
                        Optional.of(InetAddress.getLoopbackAddress())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "echo", "/echo/", "/a//b", "/*", "/a?b"})
    void aSocketNeedsAPath(String bad) {
        assertThatThrownBy(() -> path.context().webSocket(bad, session -> new Recorder()))
                .isInstanceOf(WebserverException.class);
    }

    @Test
    void aSocketsPathIsTakenOnce() {
        assertThatThrownBy(() -> path.context().webSocket("/echo", session -> new Recorder()))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("'/echo' is registered already");
    }

    private static int status(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return ((WebSocketHandshakeException) cause).getResponse().statusCode();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void upgrade(Socket socket, String below) throws IOException {
        String request = "GET " + BASE + below + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = readHead(socket.getInputStream());
        assertThat(head).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(head)
                .contains("permessage-deflate; server_no_context_takeover; client_no_context_takeover")
                .doesNotContain("Server:");
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    /** Writes down what happens and echoes what comes. */
    private final class Recorder implements WebSocketListener {
        @Override
        public void onOpen(WebSocketSession session) {
            events.add(
                    "open " + session.upgrade().path() + " " + session.upgrade().query());
        }

        @Override
        public void onText(WebSocketSession session, String message) {
            switch (message) {
                case "throw" -> {
                    events.add("text throw");
                    throw new IllegalStateException("as asked");
                }
                case "close" -> {
                    session.send("before");
                    session.close(4000, "enough");
                }
                default -> {
                    events.add("text " + message);
                    session.send(message);
                }
            }
        }

        @Override
        public void onBinary(WebSocketSession session, ByteBuffer message) {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            session.send("binary " + Arrays.toString(bytes));
        }

        @Override
        public void onError(WebSocketSession session, Throwable cause) {
            events.add("error " + cause.getMessage());
        }

        @Override
        public void onClose(WebSocketSession session, int code, String reason) {
            events.add("close " + code + " " + reason);
        }
    }

    /** A client that keeps what it receives. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> closes = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket socket;

        String next() throws InterruptedException {
            return messages.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        }

        String closed() throws InterruptedException {
            return closes.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closes.add((code + " " + reason).strip());
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closes.add("error " + error);
        }
    }
}
