package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, to everything of the app. */
final class GateTest {

    private TestServer server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(Map.of());
        client = new Client(server);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/files.js", "/files.css", "/dav/", "/dav/x", "/unknown"})
    void nothingIsShownWithoutThePassword(String path) throws Exception {
        for (String credentials : new String[] {"", "Bearer x", "Basic", "Basic ???", basic("a:wrong"), basic("a")}) {
            Client.Answer refused = client.get(path, "Authorization", credentials);
            assertThat(refused.status()).as(credentials).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate"))
                    .isEqualTo("Basic realm=\"acme@example.com\", charset=\"UTF-8\"");
        }
    }

    @Test
    void anyUserNameWillDo() throws Exception {
        assertThat(client.get("/", "Authorization", basic("somebody:" + TestServer.PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/", "Authorization", basic(":" + TestServer.PASSWORD))
                        .status())
                .isEqualTo(200);
        String lower = basic("x:" + TestServer.PASSWORD).replace("Basic", "basic");
        assertThat(client.get("/", "Authorization", lower).status()).isEqualTo(200);
        assertThat(client.get("/", "Authorization", basic("x:" + TestServer.PASSWORD + "x"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void guessingIsSlowedDown() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(client.get("/", "Authorization", basic("a:guess")).status())
                    .isEqualTo(401);
        }
        Client.Answer slow = client.get("/", "Authorization", basic("a:guess"));
        assertThat(slow.status()).isEqualTo(429);
        assertThat(slow.header("Retry-After")).isEqualTo("1");
        assertThat(client.get("/", "Authorization", "").status()).isEqualTo(401);
        server.clock.advance(Duration.ofSeconds(1));
        assertThat(client.get("/").status()).isEqualTo(200);
        server.clock.advance(Duration.ofSeconds(60));
        assertThat(client.get("/", "Authorization", basic("a:guess")).status()).isEqualTo(401);
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() throws Exception {
        for (int i = 0; i < 20; i++) {
            client.get("/", "Authorization", basic("a:guess"));
        }
        server.clock.advance(Duration.ofDays(-400));
        assertThat(client.get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "MKCOL", "MOVE", "COPY", "PROPPATCH", "LOCK", "UNLOCK", "POST"})
    void anotherSiteCannotChangeAnything(String method) throws Exception {
        client.put("/dav/safe", "x");
        assertThat(client.send(method, "/dav/safe", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(client.send(method, "/dav/safe", "Sec-Fetch-Site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(client.send(method, "/dav/safe", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(client.send(method, "/dav/safe", "Origin", "null").status()).isEqualTo(403);
        assertThat(client.get("/dav/safe").text()).isEqualTo("x");
    }

    @Test
    void theOwnPageCanChangeThings() throws Exception {
        String origin = "http://127.0.0.1:" + server.port();
        assertThat(client.put("/dav/own", "x", "Sec-Fetch-Site", "same-origin", "Origin", origin)
                        .status())
                .isEqualTo(201);
        assertThat(client.put("/dav/own", "x", "Origin", origin).status()).isEqualTo(204);
    }

    @Test
    void thePageIsServedWithAStrictPolicy() throws Exception {
        Client.Answer page = client.get("/");
        assertThat(page.text()).contains("files.js");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(client.get("/files.js").header("Content-Type")).startsWith("text/javascript");
        assertThat(client.get("/files.css").header("Content-Type")).startsWith("text/css");
        assertThat(client.get("/", "If-None-Match", page.header("ETag")).status())
                .isEqualTo(304);
        assertThat(client.send("HEAD", "/").bytes()).isEmpty();
    }

    @Test
    void nothingElseIsServed() throws Exception {
        assertThat(client.get("/other").status()).isEqualTo(404);
        assertThat(client.get("/index.html").status()).isEqualTo(404);
        assertThat(client.sendText("POST", "/", "x").status()).isEqualTo(405);
        assertThat(client.get("").status()).isIn(301, 302);
    }
}
