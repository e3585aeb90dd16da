package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebPath;

/**
 * Requests with any target and any headers to a whole server with proxies, files and limits: never an answer 5xx but 503, 501
 * and 505, which are no fault of ours, never an exception in the log.
 */
class RequestFuzzTest {

    private static final List<String> TARGETS =
            List.of("/", "/example.com/acme/", "/example.com/acme/app.js", "/who", "/length");
    private static final List<String> HEADERS = List.of(
            "Host",
            "Range",
            "If-Range",
            "If-None-Match",
            "If-Match",
            "If-Modified-Since",
            "Accept-Encoding",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Port",
            "Content-Length",
            "Transfer-Encoding",
            "Content-Encoding",
            "Expect",
            "Connection",
            "Upgrade",
            "Cookie",
            "Referer",
            "Sec-WebSocket-Key");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "PRI", "get", "PROPFIND");
    private static final String FAULT = "(?s)HTTP/1\\.1 5(?!0[135]).*";

    private static TestServer server;
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    private static void start() {
        server = TestServer.started(HttpSettingsFixture.with("127.0.0.1"));
        WebPath path = server.open("/example.com/acme", "acme@example.com");
        path.context().files("/", FilesTest.class, "/web");
        path.activate();
        LOG.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(LOG);
    }

    @FuzzTest(maxDuration = "10s")
    void noRequestIsTheServersFault(FuzzedDataProvider data) throws Exception {
        if (server == null) {
            start();
        }
        // Anywhere else would be somewhere that a request has led us to.
        BugDetectors.allowNetworkConnections(
                (host, port) -> port == server.http().getPort());
        String request = data.consumeBoolean() ? structured(data) : data.consumeRemainingAsAsciiString();
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).doesNotMatch(FAULT);
        } catch (IOException cut) {
            // A request that is nonsense may be cut off while it is still being sent.
            assertThat(cut).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
        List<ILoggingEvent> seen = List.copyOf(LOG.list);
        LOG.list.clear();
        assertThat(seen)
                .filteredOn(event -> event.getThrowableProxy() != null || event.getLevel() == Level.ERROR)
                .extracting(event -> event + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .as("logged at %s", request)
                .isEmpty();
    }

    private static String structured(FuzzedDataProvider data) {
        StringBuilder request = new StringBuilder();
        request.append(data.pickValue(METHODS)).append(' ');
        request.append(data.pickValue(TARGETS))
                .append(data.consumeAsciiString(60))
                .append(" HTTP/1.1\r\n");
        request.append(data.consumeBoolean() ? "Host: x\r\n" : "");
        for (int count = data.consumeInt(0, 6); count > 0; count--) {
            request.append(data.pickValue(HEADERS)).append(": ");
            request.append(data.consumeAsciiString(40)).append("\r\n");
        }
        return request.append("\r\n")
                .append(data.consumeRemainingAsAsciiString())
                .toString();
    }
}
