package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** Backups by a command file. */
class CommandFileResourceTest {

    private static final String FILE = "backups/command-file";
    private static final String URL = "\"url\":\"http://me:sesame@10.0.0.1/backup.txt\"";

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itIsFetchedFromNowOnUntilItIsNotAnyMore() {
        assertThat(server.get("admin", FILE).json().has("url")).isFalse();
        server.send("admin", "PUT", FILE, "{" + URL + ",\"interval\":\"PT1H\"}");
        Answer set = server.get("admin", FILE);
        assertThat(set.json().get("url").asText()).isEqualTo("http://10.0.0.1/backup.txt");
        assertThat(set.json().get("interval").asText()).isEqualTo("PT1H");
        assertThat(server.send("admin", "DELETE", FILE, null).json().has("url")).isFalse();
        assertThat(server.services.audit.entries.toString())
                .contains("command-file:put", "http://me:***@10.0.0.1")
                .doesNotContain("sesame");
    }

    @Test
    void aRunSaysWhatBecameOfEachLine() {
        Answer told = server.send("admin", "POST", FILE + "/run?dry-run=true", "{" + URL + "}");
        assertThat(told.json().at("/steps/0/status").asText()).isEqualTo("would");
        assertThat(told.json().get("failed").asBoolean()).isFalse();
        Answer run = server.send("admin", "POST", FILE + "/run", "{" + URL + "}");
        assertThat(run.json().get("failed").asBoolean()).isTrue();
        assertThat(run.response().body()).doesNotContain("sesame");
    }

    @Test
    void anAddressThatIsNoneIsRefusedAndNotRepeated() {
        Answer wrong = server.send("admin", "PUT", FILE, "{\"url\":\"http://me:sesame@ /\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.response().body()).contains("'url'").doesNotContain("sesame");
        assertThat(server.send("operator", "PUT", FILE, "{" + URL + "}").status())
                .isEqualTo(403);
    }
}
