package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import platform.webserver.api.PathAliases;

class CaseHintsTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CaseHints.class);
    private long now;
    private final CaseHints hints = new CaseHints(() -> now);

    CaseHintsTest() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void sayWhatThereIsOnceAMinute() {
        hints.missed("/A", "acme@example.com", () -> "/a");
        hints.missed("/A", "acme@example.com", () -> "/a");
        assertThat(lines())
                .containsExactly(
                        "acme@example.com: /A was asked for and not found; there is /a: paths are case-sensitive");

        now += Duration.ofMinutes(1).toNanos();
        hints.missed("/A", "acme@example.com", () -> "/a");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void sayNothingWhenThereIsNothing() {
        hints.missed("/A", "-", () -> null);
        assertThat(lines()).isEmpty();
    }

    @Test
    void doNotLookForWhateverSomebodyMakesUp() {
        int[] looks = new int[1];
        for (int i = 0; i < 10_000; i++) {
            hints.missed("/" + i, "-", () -> {
                looks[0]++;
                return null;
            });
        }
        assertThat(looks[0]).isEqualTo(200);
    }

    @Test
    void onAHostOfItsOwnConcernItsOwnerAlone() throws Exception {
        try (TestServer server = TestServer.started()) {
            PathAliases host = new PathAliases(Optional.of("acme.example.com"), Map.of());
            server.open("/example.com/acme", "acme@example.com").alias(host);
            server.open("/example.com/other", "other@example.com").activate();

            for (String path : List.of("/example.com/Acme/x", "/example.com/Other/x", "/example.com/other/x")) {
                assertThat(statusOnItsHost(server, path)).isEqualTo("HTTP/1.1 404");
            }
            assertThat(lines())
                    .containsExactly("acme@example.com: /example.com/Acme/x was asked for and not found; there is"
                            + " /example.com/acme: paths are case-sensitive");
        }
    }

    private static String statusOnItsHost(TestServer server, String path) throws IOException {
        try (Socket socket = server.connect()) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: acme.example.com\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void findPathsAndFiles() throws Exception {
        try (TestServer server = TestServer.started()) {
            server.open("/example.com/acme", "acme@example.com").activate();

            assertThat(server.get("/Example.com/ACME/x").statusCode()).isEqualTo(404);
            assertThat(lines())
                    .containsExactly("-: /Example.com/ACME/x was asked for and not found; there is"
                            + " /example.com/acme of acme@example.com: paths are case-sensitive");
        }
    }
}
