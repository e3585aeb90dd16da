package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebPath;

/** Static files out of an app's jar. */
class FilesTest {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz\n";
    private static final String BASE = "/example.com/acme";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.started();
        WebPath path = server.open(BASE, "acme@example.com");
        path.context().files("/", FilesTest.class, "/web");
        path.context().files("/more", FilesTest.class, "/web/docs");
        path.context().servlet("/taken/*", null);
        path.activate();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Test
    void aFileHasAStrongTagFiveMinutesOfLifeAndItsType() throws Exception {
        HttpResponse<String> file = server.get(BASE + "/letters.txt");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isEqualTo(LETTERS);
        assertThat(header(file, "etag")).matches("\"[A-Za-z0-9_.]{40,}\"");
        assertThat(header(file, "cache-control")).isEqualTo("max-age=300");
        assertThat(header(file, "content-type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(header(file, "content-length")).isEqualTo("27");
        assertThat(header(file, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(file, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(file, "last-modified")).isNotNull();
        assertThat(header(file, "vary")).isNull();
        assertThat(header(file, "server")).isNull();
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        HttpResponse<String> head = server.send("HEAD", BASE + "/letters.txt");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "content-length")).isEqualTo("27");
        assertThat(header(head, "etag")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"})
    void otherMethodsAreNotAllowedOnAFile(String method) throws Exception {
        HttpResponse<String> answer = server.send(method, BASE + "/letters.txt");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void aFileThatTheClientHasIsNotSentAgain() throws Exception {
        HttpResponse<String> first = server.get(BASE + "/letters.txt");
        String tag = header(first, "etag");
        String modified = header(first, "last-modified");

        HttpResponse<String> again = server.get(BASE + "/letters.txt", "If-None-Match", "\"other\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(header(again, "etag")).isEqualTo(tag);
        assertThat(header(again, "cache-control")).isEqualTo("max-age=300");
        assertThat(server.get(BASE + "/letters.txt", "If-None-Match", "*").statusCode())
                .isEqualTo(304);
        assertThat(server.get(BASE + "/letters.txt", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get(BASE + "/letters.txt", "If-Modified-Since", modified)
                        .statusCode())
                .isEqualTo(304);
        assertThat(server.get(BASE + "/letters.txt", "If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get(BASE + "/letters.txt", "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        assertThat(server.get(BASE + "/letters.txt", "If-Match", "*").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"half", "word", "x\"a\"", "W/word", "\"a\" \"b\"", "\"a\",", "\"a\\\"", "\"a b\""})
    void whatIsNoTagIsAnErrorOfTheClientsAndNotLogged(String tag) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try {
            for (String condition : List.of("If-Match", "If-None-Match")) {
                assertThat(server.get(BASE + "/letters.txt", condition, tag).statusCode())
                        .as(condition)
                        .isEqualTo(400);
            }
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-2,abc,0-2", "bytes=24-,'yz\n',24-26", "bytes=-3,'yz\n',24-26", "bytes=20-99,'uvwxyz\n',20-26"})
    void aRangeOfAFileIsSent(String range, String body, String sent) throws Exception {
        HttpResponse<String> part = server.get(BASE + "/letters.txt", "Range", range);

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(body);
        assertThat(header(part, "content-range")).isEqualTo("bytes " + sent + "/27");
    }

    @Test
    void severalRangesAreSentAsParts() throws Exception {
        HttpResponse<String> parts = server.get(BASE + "/letters.txt", "Range", "bytes=0-1,24-25");

        assertThat(parts.statusCode()).isEqualTo(206);
        assertThat(header(parts, "content-type")).startsWith("multipart/byteranges");
        assertThat(parts.body())
                .containsSubsequence(
                        "text/plain;charset=utf-8",
                        "bytes 0-1/27",
                        "\r\n\r\nab\r\n",
                        "bytes 24-25/27",
                        "\r\n\r\nyz\r\n");
    }

    @Test
    void aRangeBeyondTheEndIsNotSatisfiable() throws Exception {
        HttpResponse<String> none = server.get(BASE + "/letters.txt", "Range", "bytes=27-");

        assertThat(none.statusCode()).isEqualTo(416);
        assertThat(header(none, "content-range")).isEqualTo("bytes */27");
    }

    @Test
    void aRangeOfAnOldVersionIsAnsweredByTheWholeFile() throws Exception {
        String tag = header(server.get(BASE + "/letters.txt"), "etag");

        assertThat(server.get(BASE + "/letters.txt", "Range", "bytes=0-2", "If-Range", tag)
                        .body())
                .isEqualTo("abc");
        HttpResponse<String> whole = server.get(BASE + "/letters.txt", "Range", "bytes=0-2", "If-Range", "\"old\"");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(LETTERS);
    }

    @Test
    void aCompressedVariantIsSentToAClientThatTakesIt() throws Exception {
        HttpResponse<String> plain = server.get(BASE + "/app.js");
        HttpRequest request = HttpRequest.newBuilder(server.http().resolve(BASE + "/app.js"))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> gzip = server.client.send(request, BodyHandlers.ofByteArray());

        assertThat(plain.body()).isEqualTo("console.log(\"Größe\");\n");
        assertThat(header(plain, "content-type")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(header(plain, "vary")).isEqualTo("Accept-Encoding");
        assertThat(header(plain, "content-encoding")).isNull();
        assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
        assertThat(header(gzip, "content-type")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(header(gzip, "vary")).isEqualTo("Accept-Encoding");
        assertThat(header(gzip, "etag")).isNotEqualTo(header(plain, "etag")).startsWith("\"");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.body());
        }
        HttpResponse<String> again =
                server.get(BASE + "/app.js", "Accept-Encoding", "gzip", "If-None-Match", header(gzip, "etag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(header(again, "vary")).isEqualTo("Accept-Encoding");
    }

    @ParameterizedTest
    @CsvSource({"'gzip, br',br", "'br;q=0.1, gzip',gzip", "'br;q=0, gzip;q=0',", "identity,", "deflate,"})
    void theVariantIsNegotiated(String accepted, String sent) throws Exception {
        HttpResponse<String> answer = server.get(BASE + "/app.js", "Accept-Encoding", accepted);

        assertThat(header(answer, "content-encoding")).isEqualTo(sent);
    }

    @Test
    void aFileThatTheJarHoldsPlainIsCompressedOnce() throws Exception {
        Path folder = Path.of("target/test-classes/text");
        Files.createDirectories(folder);
        String text = "a line of text\n".repeat(1000);
        Files.writeString(folder.resolve("long.txt"), text);
        Files.writeString(folder.resolve("short.txt"), "a".repeat(1023));
        Files.writeString(folder.resolve("picture.png"), text);
        WebPath path = server.open("/example.com/text", "text@example.com");
        path.context().files("/", FilesTest.class, "/text");
        path.activate();
        String base = "/example.com/text";

        HttpRequest request = HttpRequest.newBuilder(server.http().resolve(base + "/long.txt"))
                .header("Accept-Encoding", "gzip, br")
                .build();
        HttpResponse<byte[]> gzip = server.client.send(request, BodyHandlers.ofByteArray());
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
        assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
        assertThat(header(gzip, "vary")).isEqualTo("Accept-Encoding");
        assertThat(header(gzip, "content-type")).isEqualTo("text/plain;charset=utf-8");
        String tag = header(server.get(base + "/long.txt"), "etag");
        assertThat(header(gzip, "etag")).isNotEqualTo(tag);
        assertThat(server.get(base + "/long.txt", "Accept-Encoding", "gzip", "If-None-Match", header(gzip, "etag"))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> part =
                server.get(base + "/long.txt", "Accept-Encoding", "gzip", "Range", "bytes=2-5", "If-Range", tag);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "content-encoding")).isNull();
        assertThat(part.body()).isEqualTo("line");
        assertThat(server.get(base + "/long.txt.gz").statusCode()).isEqualTo(404);
        for (String plain : List.of("/short.txt", "/picture.png")) {
            HttpResponse<String> answer = server.get(base + plain, "Accept-Encoding", "gzip");
            assertThat(header(answer, "content-encoding")).as(plain).isNull();
        }
        path.close();
    }

    @Test
    void weakTagsMatchWhereTheyMay() throws Exception {
        String tag = header(server.get(BASE + "/letters.txt"), "etag");

        assertThat(server.get(BASE + "/letters.txt", "If-None-Match", "W/" + tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(server.get(BASE + "/letters.txt", "If-Match", "W/" + tag).statusCode())
                .isEqualTo(412);
        assertThat(server.get(BASE + "/letters.txt", "If-Match", "\"x\", " + tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get(BASE + "/letters.txt", "Range", "bytes=0-2", "If-Range", "W/" + tag)
                        .body())
                .isEqualTo(LETTERS);
        assertThat(server.get(
                                BASE + "/letters.txt",
                                "If-None-Match",
                                "\"x\"",
                                "If-Modified-Since",
                                "Wed, 01 Jan 2200 00:00:00 GMT")
                        .statusCode())
                .as("a tag goes before a date")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines=0-2", "bytes=a-b", "bytes=", "bytes=5-2", "bytes"})
    void aRangeThatIsNoneIsIgnored(String range) throws Exception {
        HttpResponse<String> whole = server.get(BASE + "/letters.txt", "Range", range);

        assertThat(whole.statusCode()).isIn(200, 416);
        assertThat(whole.statusCode() == 416 || whole.body().equals(LETTERS)).isTrue();
    }

    @Test
    void manyRangesAreNotMoreThanTheFileTwice() throws Exception {
        HttpResponse<String> parts = server.get(BASE + "/letters.txt", "Range", "bytes=" + "0-,".repeat(2000) + "0-");

        assertThat(parts.body()).hasSizeLessThan(500);
    }

    @Test
    void aFolderIsItsIndexWithASlashAtTheEnd() throws Exception {
        assertThat(server.get(BASE + "/").body()).contains("Test page");
        assertThat(server.get(BASE + "/docs/").body()).contains("Documents");
        assertThat(server.get(BASE + "/more/").body()).contains("Documents");
        assertThat(header(server.get(BASE + "/docs?x=1"), "location")).isEqualTo(BASE + "/docs/?x=1");
        assertThat(header(server.get(BASE + "/more"), "location")).isEqualTo(BASE + "/more/");
        assertThat(header(server.get(BASE + "/docs/"), "content-type")).isEqualTo("text/html;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none.txt",
                "/letters.txt/",
                "/docs/none/",
                "/empty",
                "/empty/",
                "/FilesTest.class",
                "/%2A",
                "/LETTERS.TXT",
                "/web/index.html",
                "/taken/index.html"
            })
    void whatIsNotInTheFolderIsNotFound(String path) throws Exception {
        assertThat(server.get(BASE + path).statusCode()).isEqualTo(404);
    }

    @Test
    void aLargeFileIsStreamedWhole() throws Exception {
        Path folder = Path.of("target/test-classes/large");
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Files.createDirectories(folder);
        Files.write(folder.resolve("large.bin"), content);
        WebPath path = server.open("/example.com/large", "large@example.com");
        path.context().files("/", FilesTest.class, "/large");
        path.activate();
        HttpRequest.Builder request = HttpRequest.newBuilder(server.http().resolve("/example.com/large/large.bin"));

        HttpResponse<byte[]> whole = server.client.send(request.build(), BodyHandlers.ofByteArray());
        assertThat(whole.body()).isEqualTo(content);
        assertThat(whole.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(header(whole, "content-type")).isEqualTo("application/octet-stream");
        HttpResponse<byte[]> part = server.client.send(
                request.header("Range", "bytes=2000000-2000009").build(), BodyHandlers.ofByteArray());
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 2_000_000, 2_000_010));
        path.close();
    }

    /** A condition goes the long way, so both ways are asked for the same. */
    @ParameterizedTest
    @CsvSource({"letters.txt,identity", "app.js,gzip", "app.js,br", "app.js,identity"})
    void aFileInMemoryIsAnsweredAsAnyOther(String file, String accepted) throws Exception {
        HttpResponse<String> first = server.get(BASE + "/" + file, "Accept-Encoding", accepted);
        HttpResponse<String> fromMemory = server.get(BASE + "/" + file, "Accept-Encoding", accepted);
        HttpResponse<String> theLongWay =
                server.get(BASE + "/" + file, "Accept-Encoding", accepted, "If-None-Match", "\"another\"");

        for (HttpResponse<String> answer : List.of(fromMemory, theLongWay)) {
            assertThat(answer.statusCode()).isEqualTo(first.statusCode());
            assertThat(answer.body()).isEqualTo(first.body());
            assertThat(withoutDate(answer)).isEqualTo(withoutDate(first));
        }
    }

    private static Map<String, List<String>> withoutDate(HttpResponse<?> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    void aFileInMemoryIsAnsweredWhileNoThreadIsFree() throws Exception {
        try (TestServer busy = TestServer.started()) {
            WebPath path = busy.open(BASE, "acme@example.com");
            path.context().files("/", FilesTest.class, "/web");
            path.activate();
            assertThat(busy.get(BASE + "/letters.txt").body()).isEqualTo(LETTERS);
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 2 * busy.server.settings().maxRequests(); i++) {
                slow.add(busy.connect());
                slow.get(i)
                        .getOutputStream()
                        .write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(busy.arrived.await(20, TimeUnit.SECONDS)).isTrue();

            HttpRequest request = HttpRequest.newBuilder(busy.http().resolve(BASE + "/letters.txt"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            assertThat(busy.client.send(request, BodyHandlers.ofString()).body())
                    .isEqualTo(LETTERS);

            busy.released.countDown();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
