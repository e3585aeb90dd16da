package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.StateDocument;
import platform.core.rest.RestServer.Answer;

/** The platform's state as a document. */
class StateResourceTest {

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer post(String path, String document) {
        return server.send("admin", "POST", "state/" + path, document, "Content-Type", "application/yaml");
    }

    @Test
    void itIsJsonUnlessYamlIsAskedFor() {
        assertThat(server.get("admin", "state").json().at("/users/anna/role").asText())
                .isEqualTo("operator");
        Answer yaml = server.send("admin", "GET", "state", null, "Accept", "application/yaml");
        assertThat(yaml.response().body()).isEqualTo("users:\n  anna:\n    role: operator\n");
        assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
        assertThat(server.send("admin", "GET", "state", null, "Accept", "text/html")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void aDifferenceIsShownAndNothingDone() {
        Answer answer = post("diff", "users: {}\n");

        assertThat(answer.json().get("differs").asBoolean()).isTrue();
        assertThat(answer.json().at("/steps/0").toString())
                .isEqualTo(
                        "{\"action\":\"create\",\"kind\":\"user\",\"name\":\"carl\",\"details\":[\"role: viewer\"]}");
        assertThat(server.services.state.users).isEmpty();
    }

    @Test
    void aDocumentOverTheNetworkReadsNothingOnTheMachine() {
        post("diff?prune=true", "users: {}\n");
        post("apply", "users: {}\n");

        assertThat(server.services.state.documents)
                .hasSize(2)
                .noneMatch(StateDocument::readsMachine)
                .allMatch(it -> it.user().equals("admin"));
        assertThat(server.services.state.documents.get(0).prune()).isTrue();
    }

    @Test
    void itIsAppliedStepByStepAndEachIsInTheAudit() {
        Answer answer = post("apply", "users: {}\n");

        assertThat(answer.json().get("done")).hasSize(2);
        assertThat(answer.json().at("/done/0/told").asText()).contains("made-for-carl");
        assertThat(answer.json().has("failure")).isFalse();
        assertThat(server.services.audit.entries.toString())
                .contains("state:apply", "create user carl; create user dora")
                .doesNotContain("made-for");
    }

    @Test
    void aDryRunDoesNothing() {
        Answer answer = post("apply?dry-run=true", "users: {}\n");

        assertThat(answer.json().get("dryRun").asBoolean()).isTrue();
        assertThat(answer.json().get("steps")).hasSize(2);
        assertThat(server.services.state.users).isEmpty();
    }

    @Test
    void whatWasToldIsNotLostByAStepThatFails() {
        Answer answer = post("apply", "users: {} # no dora\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("done")).hasSize(1);
        assertThat(answer.json().get("failure").asText()).contains("create user dora");
        assertThat(server.services.audit.entries.toString()).contains("Failed: create user dora");
        assertThat(post("apply", "users: {} # no carl\n").status()).isEqualTo(409);
    }

    @Test
    void aStateThatHasChangedSinceItWasReadIsLeftAlone() {
        Answer answer = server.send(
                "admin",
                "POST",
                "state/apply",
                "users: {}\n",
                "Content-Type",
                "application/yaml",
                "If-Match",
                "\"of-another-day\"");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(server.services.state.users).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diff", "apply"})
    void aDocumentThatIsNotUnderstoodIsRefusedWithItsPlace(String path) {
        assertThat(post(path, "userz: {}\n").response().body()).contains("Line 1, column 1");
        assertThat(post(path, "#".repeat(StateDocument.LARGEST + 1)).status()).isEqualTo(400);
        assertThat(post(path + "?prune=yes", "users: {}").status()).isEqualTo(400);
        assertThat(server.send("operator", "POST", "state/" + path, "users: {}").status())
                .isEqualTo(403);
    }
}
