package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListener;

/** What is written down of requests, and where. */
class AccessLogTest {

    private static final String ADDRESS =
            "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] ";

    @TempDir
    Path logs;

    private List<String> log(String service) throws IOException {
        return Files.readAllLines(logs.resolve(service).resolve("access.log"));
    }

    private TestServer start(boolean query) {
        return TestServer.started(HttpSettingsFixture.with(new AccessLogSettings(true, logs, 1 << 20, 3, query)));
    }

    @Test
    void eachRequestIsALineOfItsService() throws Exception {
        try (TestServer server = start(false)) {
            WebPath path = server.open("/example.com/acme", "acme@example.com");
            path.context().files("/", FilesTest.class, "/web");
            path.activate();
            HttpRequest request = HttpRequest.newBuilder(
                            server.http().resolve("/example.com/acme/letters.txt?key=secret"))
                    .header("Referer", "http://a.example/\"x")
                    .header("User-Agent", "test\\1")
                    .build();
            server.client.send(request, BodyHandlers.ofString());
            server.get("/example.com/acme/none");
            server.get("/");
        }

        assertThat(log("testapp"))
                .satisfiesExactly(
                        file -> assertThat(file)
                                .matches(ADDRESS + "\"GET /example.com/acme/letters.txt HTTP/\\S+\" 200 27 "
                                        + "\"http://a.example/\\\\\"x\" \"test\\\\\\\\1\" \"localhost\" \\d+\\.\\d{6}"),
                        none -> assertThat(none).contains("\"GET /example.com/acme/none HTTP/1.1\" 404 "));
        assertThat(log("platform")).singleElement().asString().contains("\"GET / HTTP/1.1\" 200 9 \"-\"");
    }

    @Test
    void webSocketsAndRefusalsAreWrittenToo() throws Exception {
        try (TestServer server = start(true)) {
            WebPath path = server.open("/example.com/acme", "acme@example.com");
            path.context().webSocket("/s", session -> new WebSocketListener() {});
            path.activate();
            URI uri = URI.create("ws://127.0.0.1:" + server.http().getPort() + "/example.com/acme/s?a=b");
            server.client
                    .newWebSocketBuilder()
                    .buildAsync(uri, new WebSocket.Listener() {})
                    .join();
            server.raw("GET / HTTP/1.1\r\nHost: x\r\na: " + "b".repeat(17_000) + "\r\n\r\n");
            server.raw("\u0001\u0002 nonsense\r\n\r\n");
        }

        assertThat(log("testapp")).singleElement().asString().contains("\"GET /example.com/acme/s?a=b HTTP/1.1\" 101 ");
        assertThat(log("platform"))
                .anyMatch(line -> line.contains("\" 431 "))
                .anyMatch(line -> line.contains("\" 400 "));
    }

    @Test
    void noTextOfAClientsCanForgeALine() {
        AccessEntry entry =
                new AccessEntry("192.0.2.1", 0, "GET", "/a\n\"b\\ü", "HTTP/1.1", 200, 5, "-", "x\r\n1", "h", 1_234_567);

        StringBuilder line = new StringBuilder();
        entry.write(line);
        assertThat(line)
                .endsWith(
                        "\"GET /a\\u000a\\\"b\\\\\\u00fc HTTP/1.1\" 200 5 \"-\" \"x\\u000d\\u000a1\" \"h\" 1.234567\n")
                .hasLineCount(1);
    }

    @Test
    void aFileIsRolledBeforeItIsTooLarge() throws Exception {
        Path path = logs.resolve("app/access.log");
        try (RolledFile file = new RolledFile(path)) {
            for (int i = 0; i < 10; i++) {
                file.append(i + "234567\n", 20, 3);
            }
            file.append("last\n", 20, 2);
        }

        assertThat(Files.readString(path)).isEqualTo("last\n");
        try (Stream<Path> all = Files.list(path.getParent())) {
            assertThat(all.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("access.log", "access.1.log");
        }
        assertThat(Files.readString(logs.resolve("app/access.1.log"))).isEqualTo("8234567\n9234567\n");
    }

    @Test
    void whatCannotBeWrittenIsDroppedAndCounted() throws Exception {
        Files.writeString(logs.resolve("platform"), "a file in the place of a folder");
        try (TestServer server = start(false)) {
            server.get("/");
            server.server.close();

            assertThat(server.server.paths().refusals()).containsEntry("access log lines dropped", 1L);
        }
    }
}
