package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.rest.RestServer.Answer;

/** What was published of comparable products in 2026, tried on REST. SECURITY.md says what each of them was. */
class KnownVulnerabilitiesTest {

    private static final String ACME = "acme@example.com";

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<GateTest.Operation> operationsOfInstances() {
        return GateTest.operations().stream()
                .filter(it -> it.path().contains(ACME))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operationsOfInstances")
    void cve_2026_48742_knowingAnothersInstanceIsNoRightToIt(GateTest.Operation operation) {
        Answer present = server.send("stranger", operation.verb(), operation.path(), null);
        Answer absent =
                server.send("stranger", operation.verb(), operation.path().replace("acme@", "none@"), null);

        assertThat(present.status()).isEqualTo(403);
        assertThat(present.json())
                .as("what is there and what is not are told apart")
                .isEqualTo(absent.json());
    }

    @Test
    void cve_2026_57498_nobodyPutsAnythingIntoAnothersPlace() {
        String before = server.services.instances.all.toString();

        for (String body :
                List.of("{\"path\":\"/example.com/acme\"}", "{\"host\":\"acme.example.com\"}", "{\"host\":\"\"}")) {
            assertThat(server.send("operator", "PATCH", "instances/" + ACME, body)
                            .status())
                    .as(body)
                    .isEqualTo(403);
        }
        for (String id : List.of("new@elsewhere.example", "new@example.com")) {
            String body = "{\"id\":\"" + id + "\",\"app\":\"files\"}";
            assertThat(server.send("operator", "POST", "instances", body).status())
                    .as(id)
                    .isEqualTo(403);
        }
        String restore = "{\"name\":\"" + FakeBackups.BACKUP + "\",\"as\":\"new@elsewhere.example\"}";
        assertThat(server.send("operator", "POST", "backups/instances/" + ACME + "/restore", restore)
                        .status())
                .isEqualTo(403);
        assertThat(server.services.instances.all).hasToString(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "stranger"})
    void cve_2026_34170_onlyAdministratorsChooseWhomThePlatformTalksTo(String user) {
        String inside = "{\"address\":\"http://169.254.169.254/\",\"secret\":\"x\"}";

        assertThat(server.send(user, "PUT", "backups/targets/nas", inside).status())
                .isEqualTo(403);
        assertThat(server.send(user, "POST", "backups/targets/nas/test", null).status())
                .isEqualTo(403);
        assertThat(server.send(user, "POST", "backups/instances/" + ACME + "?place=http://127.0.0.1/", null)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "admin"})
    void cve_2025_64420_noOperationTellsAKeyOrAPassword(String user) {
        for (GateTest.Operation operation : GateTest.operations()) {
            if (operation.verb().equals("GET")) {
                assertThat(server.get(user, operation.path()).response().body())
                        .as(operation.toString())
                        .doesNotContain(FakeServices.SECRET, "PRIVATE KEY");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator"})
    void cve_2025_64423_nobodyMakesHimselfAnAdministrator(String user) {
        String promoted = "{\"role\":\"administrator\",\"scope\":\"everything\"}";
        String token = "{\"name\":\"mine\",\"user\":\"admin\",\"role\":\"administrator\"}";

        assertThat(server.send(user, "PATCH", "users/anna", promoted).status()).isEqualTo(403);
        assertThat(server.send(user, "PUT", "users/anna/password", "{\"password\":\"correct horse battery\"}")
                        .status())
                .isEqualTo(403);
        assertThat(server.send(user, "POST", "tokens", token).status()).isEqualTo(403);
        assertThat(server.get(user, "users").status()).isEqualTo(403);
        assertThat(server.get(user, "tokens").status()).isEqualTo(403);
    }
}
