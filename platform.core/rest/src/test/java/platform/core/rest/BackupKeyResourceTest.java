package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** For whom backups are encrypted. */
class BackupKeyResourceTest {

    private static final String KEYS = "backups/keys";
    private static final String SECRET = "AGE-SECRET-KEY-1OWN";

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
    void lookingMakesNoKeyAndShowsNoSecretOne() {
        assertThat(server.get("admin", KEYS).json()).hasToString("{\"recipients\":[\"age1other\"]}");
        assertThat(server.get("admin", KEYS).json().has("own")).isFalse();

        server.send("admin", "POST", KEYS, null);

        JsonNode seen = server.get("admin", KEYS).json();
        assertThat(seen.get("own").asText()).isEqualTo("age1own");
        assertThat(seen.has("newKey")).isFalse();
    }

    @Test
    void thePlatformsKeyIsMadeAndShownOnce() {
        JsonNode made = server.send("admin", "POST", KEYS, null).json();

        assertThat(made.get("newKey").asText()).isEqualTo(SECRET);
        assertThat(made.get("recipients").toString()).isEqualTo("[\"age1own\",\"age1other\"]");
        assertThat(server.send("admin", "POST", KEYS, null).json().has("newKey"))
                .isFalse();
        assertThat(server.services.audit.entries.toString())
                .contains("backup-key:make")
                .doesNotContain(SECRET);
    }

    /** Its answer got lost on the way. */
    @Test
    void whoAsksAgainWithHisIdempotencyKeyIsShownItAgain() {
        for (int i = 0; i < 2; i++) {
            Answer answer = server.send("admin", "POST", KEYS, null, "Idempotency-Key", "first");
            assertThat(answer.json().get("newKey").asText()).isEqualTo(SECRET);
        }
    }

    @Test
    void nobodyButAnAdministratorMakesOrSeesThem() {
        for (String method : new String[] {"GET", "POST"}) {
            assertThat(server.send("operator", method, KEYS, null).status()).isEqualTo(403);
        }
        assertThat(server.services.backups.publicKeys().own()).isEmpty();
    }
}
