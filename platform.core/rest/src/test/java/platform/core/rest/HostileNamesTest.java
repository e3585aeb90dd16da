package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.rest.RestServer.Answer;

/** Names that mean something to a shell, a database, a directory, a browser, a log or a file system are no names here. */
class HostileNamesTest {

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch /tmp/owned)",
                "a`id`",
                "a;reboot",
                "a|b",
                "-rf",
                "x'; DROP TABLE instance; --",
                "x\" OR 1=1",
                "*)(uid=*",
                "a\\2a",
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "{{7*7}}",
                "${jndi:ldap://127.0.0.1/a}",
                "a\nERROR forged",
                "a\r\nSet-Cookie: forged=1",
                "\u001b[31mred",
                "a\u202Eb",
                "../../etc/passwd",
                "..",
                "a/b",
                "a%2e%2e",
            })
    void areRefusedWhereverAnInstanceIsNamed(String name) {
        String before = server.services.instances.all.toString();
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("id", name + "@example.com")
                .put("app", "files")
                .toString();

        assertThat(server.send("admin", "POST", "instances", body).status()).isEqualTo(400);
        // A client of Java would leave out a dot that is not encoded.
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
        Answer asked = server.get("admin", "instances/" + encoded);
        Answer started = server.send(
                "admin",
                "POST",
                "instances/" + URLEncoder.encode(name + "@example.com", StandardCharsets.UTF_8) + "/start",
                null);

        assertThat(asked.status()).isBetween(400, 404);
        assertThat(started.status()).isBetween(400, 404);
        assertThat(started.response().headers().map()).doesNotContainKey("set-cookie");
        assertThat(server.services.instances.all).hasToString(before);
    }
}
