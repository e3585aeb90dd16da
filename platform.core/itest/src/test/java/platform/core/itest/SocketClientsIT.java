package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WebSockets of an app with clients that others have written: Java's, a browser, the library ws of Node. */
@ExtendWith(ProductShared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SocketClientsIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Path RESOURCES = Classpath.testClasses().resolve("socket-clients");
    private static final String PROTOCOL = "performance.getEntriesByType('navigation')[0].nextHopProtocol";
    private static final String OPEN = "() => new WebSocket(new URL('echo', location).href.replace('http', 'ws'))";

    private final Product product;
    private ProductInstance hello;

    SocketClientsIT(Product product) {
        this.product = product;
    }

    @BeforeAll
    void makeInstance() {
        product.dropSample("hello");
        hello = ProductInstance.create(product, "clients@example.com", "hello");
    }

    @AfterAll
    void deleteInstance() {
        product.shell("instance:delete", hello.id(), "--yes");
    }

    // ------------------------------------------------------------------------------------------------------- Java

    @Test
    void javasClientGetsBackWhatItSends() {
        byte[] large = new byte[1024 * 1024];
        new Random(1).nextBytes(large);
        for (URI uri : List.of(hello.webSocket("/echo"), encrypted())) {
            ProductSocket socket = new ProductSocket(uri);

            assertThat(socket.send("grüße 😀").receive()).isEqualTo("grüße 😀");
            assertThat(socket.send("").receive()).isEmpty();
            assertThat(socket.send("x".repeat(large.length)).receive()).isEqualTo("x".repeat(large.length));
            assertThat(socket.send(large).receive()).isEqualTo(HexFormat.of().formatHex(large));
            assertThat(socket.sendParts("in ", "three ", "parts").receive()).isEqualTo("in three parts");
            assertThat(socket.ping("anybody?").receive()).isEqualTo("pong anybody?");
            assertThat(socket.close(1000, "")).isEqualTo(1000);
            assertThat(new ProductSocket(uri).close(4321, "genug")).isEqualTo(4321);
            assertThat(new ProductSocket(uri).send("x".repeat(large.length + 1)).closeCode())
                    .isEqualTo(1009);
        }
    }

    private URI encrypted() {
        return URI.create("wss://" + product.https().getAuthority() + hello.path() + "/echo");
    }

    // --------------------------------------------------------------------------------------------------- Chromium

    @Test
    void aPageInABrowserGetsBackWhatItSendsOverHttp1AndHttp2() {
        mustBeInstalled("chromium", "chromium");
        try (Browser browser = new Browser()) {
            Browser.Page plain = browser.open(hello.uri("/"));
            Browser.Page encrypted = browser.open(product.https().resolve(hello.path() + "/"));
            for (Browser.Page page : List.of(plain, encrypted)) {
                page.evaluate(ProductFiles.text(RESOURCES.resolve("exercise.js")));
                mustBeRight(page.evaluate("exercise(" + OPEN + ")"), true);
                page.evaluate("waitForClose(" + OPEN + ").then(waiting => { window.waiting = waiting.closed; })");
            }

            product.json("instance:stop", hello.id());

            for (Browser.Page page : List.of(plain, encrypted)) {
                mustBeGoingAway(page.evaluate("window.waiting"));
            }
            assertThat(plain.evaluate(PROTOCOL).getAsString()).isEqualTo("http/1.1");
            assertThat(encrypted.evaluate(PROTOCOL).getAsString()).isEqualTo("h2");
            // RFC 8441: the sockets are streams of the connection that carries the page.
            assertThat(browser.end()).contains(":protocol: websocket", "Upgrade: websocket");
        } finally {
            product.json("instance:start", hello.id());
        }
    }

    /** @param deflated whether messages were compressed */
    private static void mustBeRight(JsonElement element, boolean deflated) {
        JsonObject seen = element.getAsJsonObject();
        assertThat(seen.get("echoed").getAsInt()).isEqualTo(100);
        assertThat(seen.get("binary").getAsBoolean()).isTrue();
        assertThat(seen.get("compressible").getAsBoolean()).isTrue();
        assertThat(seen.get("extensions").getAsString().contains("permessage-deflate"))
                .as("%s", seen)
                .isEqualTo(deflated);
        JsonObject closed = seen.getAsJsonObject("closed");
        assertThat(closed.get("code").getAsInt()).isEqualTo(3210);
        assertThat(closed.get("reason").getAsString()).isEqualTo("Enough, danke schön");
        assertThat(closed.get("clean").getAsBoolean()).isTrue();
    }

    private static void mustBeGoingAway(JsonElement element) {
        JsonObject closed = element.getAsJsonObject();
        assertThat(closed.get("code").getAsInt()).isEqualTo(1001);
        assertThat(closed.get("reason").getAsString()).isNotEmpty();
        assertThat(closed.get("clean").getAsBoolean()).isTrue();
    }

    // ------------------------------------------------------------------------------------------------- ws, of Node

    @Test
    void theLibraryWsGetsBackWhatItSends() {
        mustBeInstalled("node", "nodejs");
        mustBeInstalled("npm", "npm");
        File folder = installWs().toFile();
        ProductProcess node = ProductProcess.start(
                new ProcessBuilder("node", "ws.js", hello.webSocket("/echo").toString()).directory(folder));
        try {
            node.await(Pattern.compile("\"waiting\":true"), BOUND);
            product.json("instance:stop", hello.id());
            ProductProcess.Result result = node.finish(BOUND);

            assertThat(result.status()).as("%s", result).isZero();
            List<JsonElement> seen =
                    result.out().lines().map(JsonParser::parseString).toList();
            mustBeRight(seen.get(0), true);
            mustBeRight(seen.get(1), false);
            assertThat(seen.get(2).getAsJsonObject().get("message").getAsString())
                    .isEqualTo("in three parts, all told");
            assertThat(seen.get(2).getAsJsonObject().get("pong").getAsString()).isEqualTo("between");
            mustBeGoingAway(seen.get(4).getAsJsonObject().get("closed"));
        } finally {
            node.process().destroy();
            product.json("instance:start", hello.id());
        }
    }

    /** Into a folder of the build; a second run finds it there. */
    private static Path installWs() {
        Path folder = Classpath.testClasses().resolveSibling("socket-clients");
        for (String file : List.of("package.json", "exercise.js", "ws.js")) {
            ProductFiles.write(folder.resolve(file), ProductFiles.bytes(RESOURCES.resolve(file)));
        }
        ProductProcess.Result npm = ProductProcess.run(
                new ProcessBuilder("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline")
                        .directory(folder.toFile()),
                "",
                BOUND);
        assertThat(npm.status()).as("%s", npm).isZero();
        return folder;
    }

    private static void mustBeInstalled(String command, String debianPackage) {
        assertThat(System.getenv("PATH").split(File.pathSeparator))
                .as("%s is missing; on Debian: apt-get install %s", command, debianPackage)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
