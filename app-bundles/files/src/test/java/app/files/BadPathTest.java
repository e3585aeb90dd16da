package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that files can have, and paths that must not reach the store. */
final class BadPathTest {

    private static TestServer server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(Map.of());
        client = new Client(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                "with 'single' and \"double\" quotes",
                "100%",
                "%41",
                "%2e%2e",
                "a+b&c=d#e?f",
                "semi;colon,comma",
                "ümläut",
                "日本語",
                "emoji 😀",
                "<angle>",
                "...",
                ".hidden",
                "e\u0301 combining"
            })
    void anyOtherNameIsKeptAsItIs(String name) throws Exception {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(client.put("/dav/" + encoded, name).status()).isBetween(201, 204);
        assertThat(client.get("/dav/" + encoded).text()).isEqualTo(name);
        String href = client.send("PROPFIND", "/dav/" + encoded, "Depth", "0")
                .elements("href")
                .get(0);
        assertThat(URI.create(href).getPath()).isEqualTo("/example.com/acme/dav/" + name);
        assertThat(client.transfer("MOVE", "/dav/" + encoded, "/dav/moved%20" + encoded)
                        .status())
                .isEqualTo(201);
        assertThat(client.send("DELETE", "/dav/moved%20" + encoded).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dav/../x",
                "/dav/a/../x",
                "/dav/%2e%2e/x",
                "/dav/%2E./x",
                "/dav/./x",
                "/dav/..",
                "/dav//x",
                "/dav/a//x",
                "/dav/%00",
                "/dav/x%00y",
                "/dav/x%0Ay",
                "/dav/x%7F",
                "/dav/x%C2%85",
                "/dav/a%2Fb",
                "/dav/a%5Cb",
                "/dav/a%2fb",
                "/dav/%2e%2e%2fx",
                "/dav/%C0%AE%C0%AE/x",
                "/dav/%FF",
                "/dav/%ED%A0%80"
            })
    void aPathThatNamesNothingIsRefused(String rawPath) throws Exception {
        for (String method : new String[] {"GET", "PUT", "DELETE", "PROPFIND", "MKCOL", "LOCK"}) {
            Client newConnection = new Client(server);
            assertThat(newConnection.sendText(method, rawPath, "", "Depth", "0").status())
                    .as(method)
                    .isIn(400, 404, 405);
        }
        assertThat(client.send("PROPFIND", "/dav/", "Depth", "1").elements("href"))
                .containsExactly("/example.com/acme/dav/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "😀"})
    void aNameHasAtMost255Bytes(String letter) throws Exception {
        int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
        String longest = URLEncoder.encode(letter.repeat(255 / bytes), StandardCharsets.UTF_8);
        String tooLong = URLEncoder.encode(letter.repeat(255 / bytes + 1), StandardCharsets.UTF_8);
        assertThat(client.put("/dav/" + longest, "x").status()).isEqualTo(201);
        assertThat(client.transfer("COPY", "/dav/" + longest, "/dav/" + tooLong).status())
                .isEqualTo(400);
        Client.Answer refused = client.put("/dav/" + tooLong, "x");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("255 bytes");
        assertThat(client.send("DELETE", "/dav/" + longest).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://elsewhere.example/dav/x", "/elsewhere/dav/x", "/example.com/acme/", "//other/dav/x"})
    void aDestinationElsewhereIsRefused(String destination) throws Exception {
        client.put("/dav/stays", "x");
        assertThat(client.send("COPY", "/dav/stays", "Destination", destination).status())
                .isIn(400, 502);
        assertThat(client.send("DELETE", "/dav/stays").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "/example.com/acme/dav/../x", "/example.com/acme/dav/%zz", "/a b", "http:"})
    void aMalformedDestinationIsRefused(String destination) throws Exception {
        client.put("/dav/stays2", "x");
        assertThat(client.send("MOVE", "/dav/stays2", "Destination", destination)
                        .status())
                .isIn(400, 502);
        assertThat(client.send("DELETE", "/dav/stays2").status()).isEqualTo(204);
    }
}
