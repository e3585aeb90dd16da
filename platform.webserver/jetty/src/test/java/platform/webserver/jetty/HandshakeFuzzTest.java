package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketOptions;

/**
 * Searches for a request that the opening handshake does not bear, on the whole way through Jetty: it is answered by 101 or
 * by what says that the client is at fault, nothing is logged as a failure, and at the end no socket and no buffer is left.
 */
class HandshakeFuzzTest {

    private static final int PLENTY = Integer.MAX_VALUE;
    private static final Pattern SERVER_ERROR = Pattern.compile("(?s).*HTTP/1\\.[01] 5.*");
    private static final String[] TOKENS = {
        "permessage-deflate",
        "client_max_window_bits",
        "server_max_window_bits",
        "server_no_context_takeover",
        "=",
        ";",
        ",",
        " ",
        "\t",
        "\"",
        "\\",
        "15",
        "8",
        "chat",
        "chat2",
        "upgrade",
        "Upgrade",
        "keep-alive",
        "close",
        "http://",
        "https://",
        "localhost",
        ":",
        "80",
        "[::1]",
        "13",
        "dGhlIHNhbXBsZSBub25jZQ=="
    };

    private static final Fixture FIXTURE = new Fixture();

    /** The time-out is for one input. */
    @Timeout(20)
    @FuzzTest(maxDuration = "7s")
    void anyHeaders(FuzzedDataProvider data) throws Exception {
        StringBuilder request = new StringBuilder("GET /a/s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n");
        add(data, request, "Connection", "Upgrade");
        add(data, request, "Sec-WebSocket-Version", "13");
        add(data, request, "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        add(data, request, "Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
        add(data, request, "Sec-WebSocket-Protocol", "chat");
        add(data, request, "Origin", "http://localhost");
        byte[] head = request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);

        FIXTURE.exchange(PeerFrames.concat(head, data.consumeBytes(40)), data.consumeRemainingAsBytes());
    }

    private static void add(FuzzedDataProvider data, StringBuilder request, String name, String usual) {
        for (int i = data.consumeInt(0, 9) == 0 ? 2 : 1; i > 0; i--) {
            String value = switch (data.consumeInt(0, 3)) {
                case 0 -> words(data);
                case 1 -> data.consumeString(40).replaceAll("[\r\n]", " ");
                default -> usual;
            };
            request.append(name).append(": ").append(value).append("\r\n");
        }
    }

    private static String words(FuzzedDataProvider data) {
        StringBuilder words = new StringBuilder();
        for (int i = data.consumeInt(0, 12); i > 0; i--) {
            words.append(data.pickValue(TOKENS));
        }
        return words.toString();
    }

    @AfterAll
    static void stop() throws Exception {
        FIXTURE.server.stop();
    }

    /** Connections are opened on the thread that asks for them. */
    private static final class Direct extends LocalConnector {
        Direct(Server server, Executor executor, ArrayByteBufferPool buffers) {
            super(server, executor, null, buffers, 1, new HttpConnectionFactory());
        }

        LocalEndPoint open() throws Exception {
            LocalEndPoint endPoint = connect();
            accept(0);
            return endPoint;
        }
    }

    /** A server without a network. */
    private static final class Fixture {
        private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
        private final QueuedThreadPool threads = new QueuedThreadPool(8);
        private final Server server = new Server(threads, null, buffers);
        private final Direct connector = new Direct(server, this::execute, buffers);
        private final SocketEngine engine = new SocketEngine(limits(), buffers, server.getScheduler(), Runnable::run);
        private final SocketGroup group = new SocketGroup(new PathSpec("/a", "a@b", "test", Runnable::run), engine);
        private final SocketEndpoint endpoint = new SocketEndpoint(
                group,
                "/s",
                WebSocketOptions.DEFAULT.withSubprotocols("chat", "chat2").withHeaders("Origin"),
                session -> new WebSocketListener() {});
        private final ListAppender<ILoggingEvent> log = new ListAppender<>();
        private boolean started;

        Fixture() {
            SocketUpgrade upgrade = new SocketUpgrade(engine);
            endpoint.accept();
            server.addBean(engine);
            server.addConnector(connector);
            server.setErrorHandler(new PlainErrors());
            server.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) {
                    upgrade.upgrade(endpoint, Optional.empty(), request, response, callback);
                    return true;
                }
            });
            log.start();
            Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
            root.detachAndStopAllAppenders();
            root.addAppender(log);
            try {
                server.start();
                started = true;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** What comes before the start is the thread that would accept connections: they are accepted without it. */
        private void execute(Runnable task) {
            if (started) {
                task.run();
            }
        }

        private static SocketLimits limits() {
            Duration hour = Duration.ofHours(1);
            return new SocketLimits(PLENTY, PLENTY, PLENTY, PLENTY, 1000, 1000, PLENTY, PLENTY, 256, hour, hour, hour);
        }

        /** Waits for what Jetty does on threads of its own. */
        private void settle(LocalConnector.LocalEndPoint client) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (isBusy() || client.isOpen() && !client.getOutput().hasRemaining()) {
                Thread.onSpinWait();
                if (System.nanoTime() > end) {
                    fail("It was not answered in 20 s: %s", client);
                }
            }
        }

        private boolean isBusy() {
            return threads.getUtilizedThreads() > 0 || threads.getQueueSize() > 0;
        }

        void exchange(byte[] request, byte[] later) throws Exception {
            LocalConnector.LocalEndPoint client = connector.open();
            client.addInput(ByteBuffer.wrap(request));
            settle(client);
            if (client.isOpen()) {
                client.addInput(ByteBuffer.wrap(later));
                settle(client);
                client.addInputEOF();
                settle(client);
            }
            String answer = client.takeOutputString(StandardCharsets.ISO_8859_1);
            client.close();
            settle(client);

            assertThat(answer).startsWith("HTTP/1.1 ").doesNotMatch(SERVER_ERROR);
            assertThat(log.list)
                    .noneMatch(event -> event.getThrowableProxy() != null || event.getLevel() == Level.ERROR);
            log.list.clear();
            assertThat(engine.open()).isZero();
            assertThat(engine.budget().used()).isZero();
            assertThat(engine.compression().borrowed()).isZero();
            assertThat(buffers.getLeaks()).isEmpty();
        }
    }
}
