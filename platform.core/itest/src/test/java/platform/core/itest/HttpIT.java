package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP as other people's clients speak it, and what an administrator sets for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int REQUESTS = 2000;
    private static final String[] SETTINGS = {
        "request.uri.bytes = 1000", "proxies = 127.0.0.0/8", "compress.bytes = 100"
    };

    private final Product product = Product.of(Product.built());

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private ProductInstance hello;

    @BeforeAll
    void start() {
        product.configureWebserver(SETTINGS).start();
        product.dropSample("hello");
        hello = ProductInstance.create(product, "web@example.com", "hello");
    }

    @AfterAll
    void stop() {
        product.close();
    }

    private static String run(String... command) {
        ProductProcess.Result result = ProductProcess.run(new ProcessBuilder(command), "", Product.COMMAND);
        assertThat(result.status()).as("%s: %s", List.of(command), result).isZero();
        return result.out();
    }

    private String curl(URI uri, String... options) {
        String[] command = {"curl", "-sk", uri.toString()};
        return run(Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new));
    }

    private URI page(String scheme) {
        URI server = scheme.equals("https") ? product.https() : product.http();
        return server.resolve(hello.path() + "/");
    }

    @ParameterizedTest
    @CsvSource({
        "https, --http2, 2",
        "https, --http1.1, 1.1",
        "http, --http2, 2",
        "http, --http2-prior-knowledge, 2",
        "http, --http1.1, 1.1"
    })
    void curlSpeaksBothVersions(String scheme, String option, String version) {
        String said = curl(page(scheme), option, "-o", "/dev/null", "-w", "%{http_version} %{http_code}");

        assertThat(said).isEqualTo(version + " 200");
    }

    @ParameterizedTest
    @CsvSource({"http", "https"})
    void h2loadGetsAnAnswerToEachRequest(String scheme) {
        String said = run(
                "h2load",
                "-n",
                "" + REQUESTS,
                "-c",
                "10",
                "-m",
                "10",
                page(scheme).toString());

        assertThat(said)
                .contains(REQUESTS + " done, " + REQUESTS + " succeeded, 0 failed, 0 errored, 0 timeout")
                .contains(REQUESTS + " 2xx");
    }

    @Test
    void pagesAreCompressedForThoseWhoAsk() {
        String plain = curl(product.https());
        String headers = curl(product.https(), "--compressed", "-o", "/dev/null", "-D", "-");

        assertThat(headers)
                .containsIgnoringCase("content-encoding: gzip")
                .containsIgnoringCase("vary: accept-encoding");
        assertThat(curl(product.https(), "--compressed")).isEqualTo(plain);
    }

    @Test
    void aRefusalSaysWhyAndIsCounted() {
        String said = curl(page("http").resolve("?" + "a".repeat(1000)), "-w", "%{http_code}");

        assertThat(said).contains("The address is longer than 1000 characters.").endsWith("414");
        JsonObject refused = product.json("platform:info").getAsJsonObject().getAsJsonObject("refused");
        assertThat(refused.get("URIs too long").getAsInt()).isPositive();
        assertThat(product.shell("platform:info").out()).contains("URIs too long");
    }

    @Test
    void requestsAreInTheLogOfTheirService() {
        curl(page("http").resolve("?secret"), "-A", "who asks", "-H", "X-Forwarded-For: 192.0.2.77");

        ProductWait.until(
                "the request is in the log",
                SOON,
                () -> product.platform("logs", "--data", product.data().toString(), "--access", "hello")
                        .out()
                        .lines()
                        .anyMatch(line -> line.startsWith("192.0.2.77 - - [")
                                && line.contains("\"GET " + hello.path() + "/ HTTP/1.1\" 200 ")
                                && line.contains("\"who asks\"")));
    }

    @Test
    void whatAProxyPassesOnIsNotLocal() {
        URI console = product.http().resolve("/system/console");

        assertThat(curl(console, "-w", "%{http_code}", "-o", "/dev/null")).isEqualTo("401");
        assertThat(curl(console, "-w", "%{http_code}", "-o", "/dev/null", "-H", "X-Forwarded-For: 127.0.0.1"))
                .isEqualTo("403");
    }

    @Test
    void aPortChangesWhileTheInstanceRuns() throws IOException {
        URI former = product.http();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProductSocket socket = new ProductSocket(hello.webSocket("/echo"));
        try {
            configurePort(port);
            URI page = URI.create("http://localhost:" + port + hello.path() + "/");
            ProductWait.until("the new port serves", SOON, () -> status(page) == 200);

            ProductWait.until("the former port is closed", SOON, () -> status(former) == 0);
            assertThat(socket.send("still here").receive()).isEqualTo("still here");
            ProductWait.until(
                    "the status names the new port",
                    SOON,
                    () -> product.platform("status", "--data", product.data().toString())
                            .out()
                            .contains("http://localhost:" + port + "/"));
            assertThat(ProductFiles.text(product.data().resolve("logs/platform/platform.log")))
                    .containsOnlyOnce("Listening on");
            configurePort(former.getPort());
            ProductWait.until("the former port serves again", SOON, () -> status(former) > 0);
        } finally {
            socket.close();
        }
    }

    private void configurePort(int port) {
        configureToo("http.port = " + port);
    }

    private void configureToo(String setting) {
        product.configureWebserver(
                Stream.concat(Stream.of(SETTINGS), Stream.of(setting)).toArray(String[]::new));
    }

    @Test
    void aProxySaysByThePROXYProtocolForWhomItSpeaks() {
        byte[] first = "PROXY TCP4 198.51.100.9 127.0.0.1 40000 80\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] second = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "2111000c" + "c633640a7f0000019c400050");
        configureToo("http.proxy.protocol = true");
        try {
            ProductWait.until(
                    "version 1 is understood", SOON, () -> proxied(first).startsWith("HTTP/1.1 200"));
            assertThat(proxied(second)).startsWith("HTTP/1.1 200");
            assertThat(proxied(new byte[0])).as("without it").doesNotContain("200 OK");
        } finally {
            configureToo("http.proxy.protocol = false");
        }
        ProductWait.until("it is no longer expected", SOON, () -> status(page("http")) == 200);

        ProductWait.until("both clients are in the log", SOON, () -> {
            String log = ProductFiles.text(product.data().resolve("logs/hello/access.log"));
            return log.contains("198.51.100.9 - - [") && log.contains("198.51.100.10 - - [");
        });
    }

    /** Empty when the connection is cut off. */
    private String proxied(byte[] header) {
        try (Socket socket = new Socket("127.0.0.1", product.http().getPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(header);
            String request = "GET " + hello.path() + "/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** 0 when nobody answers. */
    private static int status(URI uri) {
        try {
            HttpResponse<String> answer = ProductHttp.get(uri);
            return answer.statusCode();
        } catch (UncheckedIOException refused) {
            return 0;
        }
    }
}
