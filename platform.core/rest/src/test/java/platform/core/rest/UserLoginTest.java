package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** By which keys and second factors users log in. */
class UserLoginTest {

    private static final String OWN = "me/password";
    private static final String KEYS = "users/anna/keys";
    private static final String TOTP = "users/anna/totp";

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
    void everybodyChangesHisOwnPasswordWhoKnowsThePresentOne() {
        Answer changed = server.send("viewer", "PUT", OWN, "{\"formerPassword\":\"sesame\",\"password\":\"new-one\"}");
        assertThat(changed.json().get("secret").asText()).isEqualTo("new-one");
        assertThat(server.services.audit.entries.toString()).contains("viewer").doesNotContain("sesame", "new-one");

        assertThat(server.send("viewer", "PUT", OWN, "{\"formerPassword\":\"guess\"}")
                        .status())
                .isEqualTo(403);
        assertThat(server.send("viewer", "PUT", OWN, "{\"formerPassword\":\"hasty\"}")
                        .status())
                .isEqualTo(429);
        assertThat(server.send("viewer", "PUT", OWN, "{\"password\":\"new-one\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aKeyIsAddedAndRemovedByItsFingerprint() {
        Answer added = server.send("admin", "POST", KEYS, "{\"line\":\"ssh-ed25519 BBBB anna@desk\\n\"}");
        assertThat(added.json().get("comment").asText()).isEqualTo("anna@desk");
        assertThat(server.get("admin", KEYS).json()).hasSize(2);
        String query = "?fingerprint=" + URLEncoder.encode(FakeUserKeys.FINGERPRINT, StandardCharsets.UTF_8);
        assertThat(server.send("admin", "DELETE", KEYS + query, null)
                        .json()
                        .get("type")
                        .asText())
                .isEqualTo("ssh-ed25519");
        assertThat(server.send("admin", "DELETE", KEYS + query, null).status()).isEqualTo(404);
        assertThat(server.send("admin", "DELETE", KEYS, null).status()).isEqualTo(400);
    }

    @Test
    void aPrivateKeyIsRefusedAndNotKeptByTheAudit() {
        Answer refused =
                server.send("admin", "POST", KEYS, "{\"line\":\"-----BEGIN OPENSSH PRIVATE KEY----- sesame\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(server.services.audit.entries.toString())
                .contains("user-key:add")
                .doesNotContain("sesame");
    }

    @Test
    void aSecondFactorIsAskedForOnceItIsProved() {
        String secret =
                server.send("admin", "POST", TOTP, null).json().get("secret").asText();
        assertThat(server.send("admin", "PUT", TOTP, "{\"secret\":\"" + secret + "\",\"code\":\"000000\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.send("admin", "PUT", TOTP, "{\"secret\":\"" + secret + "\",\"code\":\"123456\"}")
                        .json()
                        .get("totp")
                        .asBoolean())
                .isTrue();
        assertThat(server.send("admin", "DELETE", TOTP, null).json().get("totp").asBoolean())
                .isFalse();
        assertThat(server.services.audit.entries.toString())
                .contains("user-totp:set")
                .doesNotContain(secret, "123456");
        assertThat(server.send("admin", "POST", "users/none/totp", null).status())
                .isEqualTo(404);
    }
}
