package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** The manager's socket is turned on and off. */
class ManagerSocketResourceTest {

    private static final String SOCKET = "platform/manager-socket";

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer put(String body, String... headers) {
        return server.send("admin", "PUT", SOCKET, body, headers);
    }

    @Test
    void aPasswordIsMadeAndShownOnce() {
        assertThat(server.get("admin", SOCKET).json()).hasToString("{\"on\":false}");
        assertThat(put("{}").json()).hasToString("{\"on\":true,\"password\":\"made-up\"}");
        assertThat(server.get("admin", SOCKET).json()).hasToString("{\"on\":true}");
    }

    @Test
    void aPasswordThatIsGivenIsNeitherAnsweredNorKeptByTheAudit() {
        Answer on = put("{\"password\":\"sesame-open-wide\"}");

        assertThat(on.json()).hasToString("{\"on\":true}");
        assertThat(server.services.socket.password).contains("sesame-open-wide");
        assertThat(server.services.audit.entries.toString())
                .contains("manager-socket:turn-on")
                .doesNotContain("sesame");
    }

    @Test
    void aRefusedPasswordLeavesItAsItWas() {
        assertThat(put("{\"password\":\"short\"}").status()).isEqualTo(400);
        assertThat(put("{\"on\":false}").status()).isEqualTo(400);
        assertThat(server.services.socket.isOn()).isFalse();
    }

    @Test
    void itIsTurnedOff() {
        put("{}");

        assertThat(server.send("admin", "DELETE", SOCKET, null).json()).hasToString("{\"on\":false}");
        assertThat(server.services.socket.isOn()).isFalse();
    }

    @Test
    void ofTwoWhoHaveSeenItOffOneTurnsItOn() {
        String tag = server.get("admin", SOCKET).header("ETag");

        assertThat(put("{}", "If-Match", tag).status()).isEqualTo(200);
        assertThat(put("{}", "If-Match", tag).status()).isEqualTo(412);
    }

    @Test
    void nobodyButAnAdministratorDoesIt() {
        for (String method : new String[] {"GET", "DELETE"}) {
            assertThat(server.send("operator", method, SOCKET, null).status()).isEqualTo(403);
        }
        assertThat(server.send("operator", "PUT", SOCKET, "{}").status()).isEqualTo(403);
    }
}
