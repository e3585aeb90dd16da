package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** The platform's own settings. */
class SettingResourceTest {

    private static final String SSH = "settings/platform.core.shell.ssh";

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
    void aSettingIsChangedAndReset() {
        Answer changed = server.send("admin", "PATCH", SSH, "{\"settings\":{\"port\":\"8102\"}}");
        assertThat(changed.json().at("/settings/0/value").asText()).isEqualTo("8102");
        assertThat(changed.json().at("/settings/0/standard").asText()).isEqualTo("8101");
        Answer unset = server.send("admin", "PATCH", SSH, "{\"settings\":{\"port\":null}}");
        assertThat(unset.json().at("/settings/0").has("value")).isFalse();
        assertThat(server.send("admin", "DELETE", SSH, null).status()).isEqualTo(200);
        assertThat(server.send("admin", "PATCH", SSH, "{\"settings\":{}}").status())
                .isEqualTo(400);
        assertThat(server.get("admin", "settings/none").status()).isEqualTo(404);
    }

    @Test
    void aSettingIsNotChangedByWhoHasNotSeenIt() {
        String tag = server.get("admin", SSH).header("ETag");
        String body = "{\"settings\":{\"port\":\"8102\"}}";
        assertThat(server.send("admin", "PATCH", SSH, body, "If-Match", tag).status())
                .isEqualTo(200);
        assertThat(server.send("admin", "PATCH", SSH, body, "If-Match", tag).status())
                .isEqualTo(412);
    }

    @Test
    void aSecretIsNotInTheAudit() {
        server.send("admin", "PATCH", SSH, "{\"settings\":{\"secret\":\"sesame\"}}");
        assertThat(server.services.audit.entries.toString())
                .contains("platform.core.shell.ssh")
                .doesNotContain("sesame");
    }
}
