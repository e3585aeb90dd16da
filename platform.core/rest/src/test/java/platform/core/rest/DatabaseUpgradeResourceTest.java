package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.rest.RestServer.Answer;
import platform.db.api.DatabaseUpgrade;

/** The platform's PostgreSQL is upgraded, and that taken back. */
class DatabaseUpgradeResourceTest {

    private static final String UPGRADE = "databases/upgrade";

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer post(String path, String body) {
        return server.send("admin", "POST", UPGRADE + path, body);
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndStopsNobody() {
        Answer plan = post("?dry-run=true", "{\"binaries\":\"/full\"}");

        assertThat(plan.json().get("dryRun").asBoolean()).isTrue();
        assertThat(server.get("admin", "tasks").json().at("/0/progress").asText())
                .isEqualTo("Looking for what is in the way");
        assertThat(plan.json().get("databases").toString()).isEqualTo("[\"manager\",\"acme\"]");
        assertThat(plan.json().get("bytesNeeded").asLong()).isEqualTo(600_000_000);
        assertThat(plan.json().get("obstacles").toString()).contains("too little room");
        assertThat(plan.json().get("warnings").toString()).contains("pg_dump of version 18");
        assertThat(plan.json().has("keptUntil")).isFalse();
        assertThat(server.services.upgrade.upgraded).isEmpty();
        assertThat(server.services.instances.pauses).isEmpty();
    }

    @Test
    void allInstancesAreAwayDuringTheUpgrade() {
        Answer done = post("", "{\"binaries\":\"/root/../opt/pg18\"}");

        assertThat(done.json().get("to").asText()).isEqualTo("18.3");
        assertThat(done.json().get("dryRun").asBoolean()).isFalse();
        assertThat(done.json().get("keptUntil").asText()).isEqualTo("2026-12-05");
        assertThat(done.json().get("seconds").asInt()).isEqualTo(70);
        assertThat(server.services.upgrade.upgraded).containsExactly(Optional.of(Path.of("/opt/pg18")));
        assertThat(server.services.instances.pauses).containsExactly(DatabaseUpgrade.PAUSED);
        assertThat(server.get("admin", "tasks").json().at("/0/progress").asText())
                .isEqualTo("Copying the database 1 of 2: manager");
        assertThat(server.services.audit.entries.toString()).contains("database-upgrade:run", "/root/../opt/pg18");
    }

    @Test
    void withoutBinariesItIsTheVersionThatThePlatformBrings() {
        assertThat(post("", "{}").status()).isEqualTo(200);
        assertThat(server.services.upgrade.upgraded).containsExactly(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/full", "/none"})
    void nobodyIsStoppedForWhatCannotBeDone(String binaries) {
        Answer refused = post("", "{\"binaries\":\"" + binaries + "\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asText()).containsAnyOf("too little room", "no binaries");
        assertThat(server.services.upgrade.upgraded).isEmpty();
        assertThat(server.services.instances.pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg18.jar", "", "../pg18"})
    void aFileThatIsNotNamedFromTheRootOnIsRefused(String binaries) {
        assertThat(post("?dry-run=true", "{\"binaries\":\"" + binaries + "\"}").status())
                .isEqualTo(400);
    }

    @Test
    void theLastUpgradeIsTakenBackWhileTheFormerDataFolderIsKept() {
        assertThat(server.get("admin", UPGRADE).json().get("keptUntil").asText())
                .isEqualTo("2026-12-05");

        Answer back = post("/rollback", null);

        assertThat(back.json()).hasToString("{\"version\":\"15.19.0\",\"restartNeeded\":true}");
        assertThat(server.get("admin", UPGRADE).json().has("keptUntil")).isFalse();
        assertThat(post("/rollback", null).status()).isEqualTo(422);
    }

    @Test
    void nobodyButAnAdministratorDoesIt() {
        assertThat(server.send("operator", "POST", UPGRADE, "{}").status()).isEqualTo(403);
        assertThat(server.send("operator", "POST", UPGRADE + "/rollback", null).status())
                .isEqualTo(403);
        assertThat(server.services.upgrade.upgraded).isEmpty();
    }
}
