package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebserverException;

/** What is too long, too much, too often or too slow, and what a client is told about it. */
class LimitsTest {

    private static final long MEGABYTE = 1 << 20;

    private TestServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static HttpSettings limits(Duration header, int rate, int connections, int requests) {
        return HttpSettingsFixture.with(new HttpLimits(20, 300, MEGABYTE, header, rate, connections, requests));
    }

    private void start() {
        server = TestServer.started(limits(Duration.ofSeconds(20), 500, 0, 0));
    }

    private String get(String target, String headers) throws IOException {
        return server.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private long refused(String reason) {
        return server.server.paths().refusals().get(reason);
    }

    @Test
    void aLongUriIs414() throws Exception {
        start();

        assertThat(get("/" + "a".repeat(299), "")).startsWith("HTTP/1.1 404");
        assertThat(get("/" + "a".repeat(300), ""))
                .startsWith("HTTP/1.1 414")
                .contains("The address is longer than 300 characters. Send the data in a body instead.");
        assertThat(get("/?" + "a".repeat(20_000), ""))
                .startsWith("HTTP/1.1 414")
                .contains("longer than 300");
        assertThat(refused("URIs too long")).isEqualTo(2);
    }

    @Test
    void manyOrLargeHeadersAre431() throws Exception {
        start();

        assertThat(get("/", "a: b\r\n".repeat(18))).startsWith("HTTP/1.1 200");
        assertThat(get("/", "a: b\r\n".repeat(19)))
                .startsWith("HTTP/1.1 431")
                .contains("larger than 16384 bytes or has more than 20 fields", "delete the cookies");
        assertThat(get("/", "a: " + "b".repeat(17_000) + "\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("16384");
        assertThat(refused("headers too large")).isEqualTo(2);
    }

    @Test
    void aLargeBodyIs413AlsoWhenItDoesNotSayItsLength() throws Exception {
        start();

        assertThat(post("/length", "Content-Length: " + MEGABYTE, "x".repeat((int) MEGABYTE)))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n" + MEGABYTE);
        assertThat(post("/length", "Content-Length: " + (MEGABYTE + 1), ""))
                .startsWith("HTTP/1.1 413")
                .contains("The body is larger than is allowed here");
        String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
        assertThat(post("/length", "Transfer-Encoding: chunked", chunk.repeat(16) + "1\r\nx\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("The body is larger than is allowed here");
        assertThat(refused("bodies too large")).isEqualTo(2);
    }

    private String post(String path, String length, String body) throws IOException {
        return server.raw(
                "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + length + "\r\n\r\n" + body);
    }

    @Test
    void aServletMayHaveAnotherLimit() throws Exception {
        start();
        WebPath path = server.open("/example.com/acme", "acme@example.com");
        path.context().servlet("/large/*", ServletOptions.DEFAULT.withMaxBody(ServletOptions.UNLIMITED), null);
        path.context().servlet("/small", ServletOptions.DEFAULT.withMaxBody(10), null);
        path.activate();

        // No servlet answers here: 404 is an answer behind the limits.
        assertThat(post("/example.com/acme/large/x", "Content-Length: 3000000000", ""))
                .startsWith("HTTP/1.1 404");
        assertThat(post("/example.com/acme/small", "Content-Length: 10", "0123456789"))
                .startsWith("HTTP/1.1 404");
        assertThat(post("/example.com/acme/small", "Content-Length: 11", "0123456789a"))
                .startsWith("HTTP/1.1 413");
        assertThat(post("/example.com/acme/other", "Content-Length: 3000000000", ""))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void aHeaderThatDoesNotEndIs408() throws Exception {
        server = TestServer.started(limits(Duration.ofSeconds(1), 500, 0, 0));

        try (Socket idle = server.connect();
                Socket slow = server.connect()) {
            OutputStream out = slow.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            String answers = untilEnd(slow, "X: y\r\n");

            assertThat(answers)
                    .startsWith("HTTP/1.1 200")
                    .contains("HTTP/1.1 408 Request Timeout", "The request came too slowly.");
            assertThat(refused("requests too slow")).isEqualTo(1);
            idle.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(idle.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** Sends a line whenever nothing has come for a moment, until the server has had enough. */
    private static String untilEnd(Socket socket, String line) throws IOException {
        StringBuilder text = new StringBuilder();
        socket.setSoTimeout(200);
        for (int lines = 0; lines < 100; lines++) {
            try {
                int read = socket.getInputStream().read();
                while (read >= 0) {
                    text.append((char) read);
                    read = socket.getInputStream().read();
                }
                return text.toString();
            } catch (SocketTimeoutException nothingYet) {
                socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
        throw new AssertionError("It goes on after 100 lines: " + text);
    }

    @ParameterizedTest
    @CsvSource({"9, 0, 500, false", "11, 5499, 500, true", "11, 5501, 500, false", "3600, 0, 0, false"})
    void aBodyIsTooSlowAfterTenSeconds(int seconds, long received, int rate, boolean tooSlow) {
        assertThat(BodyLimit.isTooSlow(TimeUnit.SECONDS.toNanos(seconds), received, rate))
                .isEqualTo(tooSlow);
    }

    @Test
    void anAddressMaySendSoManyRequestsOnAverage() throws Exception {
        AtomicLong nanos = new AtomicLong();
        RequestRates rates = new RequestRates(nanos::get);
        InetAddress one = InetAddress.getByName("2001:db8::1");

        for (int i = 0; i < 50; i++) {
            assertThat(rates.take(one, 5)).isZero();
        }
        assertThat(rates.take(one, 5)).isEqualTo(1);
        assertThat(rates.take(InetAddress.getByName("2001:db8::2"), 5)).isEqualTo(1);
        assertThat(rates.take(InetAddress.getByName("2001:db8:0:1::1"), 5)).isZero();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(rates.take(one, 5)).isZero();
        assertThat(rates.take(one, 5)).isEqualTo(1);
    }

    @Test
    void tooManyRequestsAre429ButNotFromHere() throws Exception {
        HttpLimits limits = new HttpLimits(20, 300, MEGABYTE, Duration.ofSeconds(20), 500, 0, 1);
        server = TestServer.started(
                new HttpSettings(limits, Proxies.parse("127.0.0.1"), false, false, 1024, HttpSettingsFixture.NO_LOG));

        String last = "";
        for (int i = 0; i < 100 && !last.startsWith("HTTP/1.1 429"); i++) {
            last = get("/", "X-Forwarded-For: 192.0.2.1\r\n");
        }
        assertThat(last)
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 1", "More than 1 requests a second come from your address");
        assertThat(get("/", "X-Forwarded-For: 192.0.2.2\r\n")).startsWith("HTTP/1.1 200");
        assertThat(get("/", "")).startsWith("HTTP/1.1 200");
        assertThat(refused("requests too many")).isEqualTo(1);
    }

    @Test
    void anAddressMayHaveSoManyConnections() throws Exception {
        HttpSettings two = limits(Duration.ofSeconds(20), 500, 2, 0);
        Refusals refusals = new Refusals(() -> TestServer.settings("127.0.0.1", 0, two));
        ConnectionCounts counts = new ConnectionCounts(() -> two, refusals, InetAddress::isLoopbackAddress);
        InetAddress key = counts.key(InetAddress.getByName("192.0.2.1"));

        counts.opened(key);
        assertThat(counts.isFull(key)).isFalse();
        counts.opened(key);
        assertThat(counts.isFull(key)).isTrue();
        counts.closed(key);
        assertThat(counts.isFull(key)).isFalse();
        counts.closed(key);
        assertThat(counts.size()).isZero();
        assertThat(counts.key(InetAddress.getByName("127.0.0.1"))).isNull();
        assertThat(counts.key(InetAddress.getByName("2001:db8::1")))
                .isEqualTo(counts.key(InetAddress.getByName("2001:db8::2")));
    }

    @Test
    void aConnectionTooManyIsToldSoAndClosed() throws Exception {
        HttpSettings two = limits(Duration.ofSeconds(20), 500, 2, 0);
        Refusals refusals = new Refusals(() -> TestServer.settings("127.0.0.1", 0, two));
        ConnectionCounts counts = new ConnectionCounts(() -> two, refusals, address -> false);
        Server jetty = new Server();
        LeanConnector connector = new LeanConnector(jetty, counts, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.start();
        try (Socket first = new Socket("127.0.0.1", connector.getLocalPort());
                Socket second = new Socket("127.0.0.1", connector.getLocalPort())) {
            answered(first);
            answered(second);
            try (Socket third = new Socket("127.0.0.1", connector.getLocalPort())) {
                assertThat(new String(third.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 429")
                        .contains("Retry-After: 10", "More than 2 connections are open from your address.");
            }
        } finally {
            jetty.stop();
        }
        assertThat(counts.size()).isZero();
        assertThat(refusals.counts()).containsEntry("connections too many", 1L);
    }

    /** A connection that has answered is counted. */
    private static void answered(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    @Test
    void aSettingOutOfItsBoundsIsNamed() {
        assertThatThrownBy(() -> new HttpLimits(0, 300, MEGABYTE, Duration.ofSeconds(20), 500, 0, 1))
                .isInstanceOf(WebserverException.class)
                .hasMessage(
                        "The setting request.headers in etc/platform.webserver.jetty.cfg is 0: give a number from 1 "
                                + "to 10000.");
    }
}
