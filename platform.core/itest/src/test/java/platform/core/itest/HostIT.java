package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An instance with a host of its own, and its old paths, before and after a restart of the product. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostIT {

    private static final String HOST = "notes.example.com";
    private static final String CONSOLE = "/system/console/bundles";
    private static final RawFrame HELLO = RawFrame.text("Hello");

    private final Product product = Product.of(Product.built());

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private ProductInstance notes;
    private ProductInstance other;

    @BeforeAll
    void start() {
        product.start();
        product.dropSample("hello");
        // Kept as clients send it.
        notes = ProductInstance.create(product, "notes@example.com", "hello", "--host", "Notes.Example.COM");
        other = ProductInstance.create(product, "other@example.com", "hello");
    }

    @AfterAll
    void stop() {
        product.close();
    }

    private String ask(String host, String target) {
        return ProductHttp.raw(product.http(), host, target, "");
    }

    /** Over TLS and HTTP/2, where the host is no header. @return the status and where it leads */
    private String curl(String target) {
        URI https = product.https();
        String resolve = HOST + ":" + https.getPort() + ":127.0.0.1";
        ProductProcess.Result result = ProductProcess.run(
                new ProcessBuilder(
                        "curl",
                        "-sk",
                        "--http2",
                        "--resolve",
                        resolve,
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_version} %{http_code} %{redirect_url}",
                        "https://" + HOST + ":" + https.getPort() + target),
                "",
                Product.COMMAND);
        assertThat(result.status()).as("%s", result).isZero();
        return result.out();
    }

    private static RawAnswer answer(URI socket, String host, String origin) {
        RawRequest request = new RawRequest(socket).replacing("Host", host);
        try (RawSocket client = new RawSocket(socket)) {
            return client.send(request.with("Origin", origin).bytes()).answer();
        }
    }

    @Test
    void nothingElseIsServedOnAHostOfItsOwn() {
        assertThat(product.list("instance:list", "id")
                        .get(notes.id())
                        .get("host")
                        .getAsString())
                .isEqualTo(HOST);
        assertThat(product.shell("instance:list").out()).contains("HOST", HOST);

        assertThat(ask(HOST, "/")).startsWith("HTTP/1.1 307 ").contains(notes.path() + "/\r\n");
        assertThat(ask(HOST, notes.path() + "/")).startsWith("HTTP/1.1 200 ");
        for (String elsewhere : List.of(other.path() + "/", CONSOLE, "/system/console", "/nowhere")) {
            assertThat(ask(HOST, elsewhere))
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("404 Not Found: There is nothing else on this host\n");
        }
        assertThat(ask(product.http().getAuthority(), notes.path() + "/")).startsWith("HTTP/1.1 200 ");
        assertThat(ask(product.http().getAuthority(), CONSOLE)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void theSameHoldsOverTlsAndHttp2() {
        assertThat(curl("/")).startsWith("2 307 ").endsWith(notes.path() + "/");
        assertThat(curl(notes.path() + "/")).startsWith("2 200 ");
        assertThat(curl(other.path() + "/")).startsWith("2 404 ");
        assertThat(curl(CONSOLE)).startsWith("2 404 ");
    }

    @Test
    void aWebSocketOpensOnTheHostForItsPagesAlone() {
        URI echo = notes.webSocket("/echo");
        RawRequest own = new RawRequest(echo).replacing("Host", HOST).with("Origin", "http://" + HOST);
        try (RawSocket socket = new RawSocket(echo)) {
            socket.send(own.bytes()).answer().mustBe(101);
            socket.mustEcho(HELLO);
        }
        String common = product.http().getAuthority();
        answer(echo, HOST, "http://" + common).mustBe(403);
        answer(echo, HOST, "http://other.example.com").mustBe(403);
        answer(echo, common, "http://" + HOST).mustBe(403);
        answer(other.webSocket("/echo"), HOST, "http://" + HOST).mustBe(404);
    }

    @Test
    void aHostHasOneOwner() {
        ProductProcess.Result taken = product.shell("instance:edit", other.id(), "--host", HOST);

        assertThat(taken.status()).isNotZero();
        assertThat(taken.err()).contains("belongs to " + notes.id(), "instance:edit " + notes.id() + " --no-host");
    }

    @Test
    void wrongCapitalsAreNotFoundAndTheLogSaysWhy() {
        String wrong = other.path().replace("other", "Other") + "/";

        String answer = ask(product.http().getAuthority(), wrong);

        assertThat(answer).startsWith("HTTP/1.1 404 ").doesNotContain(other.path());
        ProductWait.until(
                "the log has the hint",
                Product.COMMAND,
                () -> product.logs()
                        .contains(wrong + " was asked for and not found; there is " + other.path() + " of "
                                + other.id()));
    }

    @Test
    void hostAndOldPathOutliveARestart() {
        ProductInstance moving =
                ProductInstance.create(product, "moving@example.com", "hello", "--host", "moving.example.com");
        product.json("instance:edit", moving.id(), "--path", "/moved", "--keep-old-path", "30d");
        mustHaveMoved(moving);

        assertThat(product.shell("platform:shutdown").status()).isZero();
        product.awaitEnd();
        product.start();

        mustHaveMoved(moving);
        assertThat(product.shell("instance:info", moving.id()).out())
                .containsPattern("Old path " + moving.path() + "\\s+redirects until 20");
        assertThat(ask(HOST, "/")).startsWith("HTTP/1.1 307 ");
    }

    private void mustHaveMoved(ProductInstance moving) {
        for (String host : List.of(product.http().getAuthority(), "moving.example.com")) {
            assertThat(ask(host, moving.path() + "/a%20b?c=d"))
                    .startsWith("HTTP/1.1 308 ")
                    .containsPattern("Location: \\S*/moved/a%20b\\?c=d\r\n");
        }
        assertThat(ask("moving.example.com", "/"))
                .startsWith("HTTP/1.1 307 ")
                .containsPattern("Location: \\S*/moved/\r\n");
        assertThat(ask("moving.example.com", "/moved/")).startsWith("HTTP/1.1 200 ");
    }
}
