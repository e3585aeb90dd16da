package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.backup.api.RestoreRequest;
import platform.core.rest.RestServer.Answer;

/** Backups are restored and proved, instances copied, exported and imported. */
class BackupResourceTest {

    private static final String ACME = "backups/instances/acme@example.com";
    private static final String NAME = "\"name\":\"" + FakeBackups.BACKUP + "\"";

    private RestServer server;
    private FakeBackups backups;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
        backups = server.services.backups;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer post(String user, String path, String body) {
        return server.send(user, "POST", path, body);
    }

    @Test
    void anOperatorRestoresAndProvesWhatIsHis() {
        assertThat(post("operator", ACME + "/restore", "{" + NAME + "}").status())
                .isEqualTo(200);
        assertThat(backups.restored)
                .singleElement()
                .extracting(RestoreRequest::install)
                .isEqualTo(false);
        JsonNode proved = post("operator", ACME + "/drill", "{" + NAME + ",\"appCheck\":true}")
                .json();
        assertThat(proved.get("checksum").asText()).isEqualTo("00ff");
        assertThat(proved.get("app").asText()).isEqualTo("1.0.0");
        assertThat(post("operator", ACME + "/drill", "{" + NAME + "}").json().has("app"))
                .isFalse();
    }

    @Test
    void whatReachesBeyondTheInstanceTakesAnAdministrator() {
        for (String more : new String[] {"\"install\":true", "\"server\":\"big\"", "\"as\":\"b@example.com\""}) {
            String body = "{" + NAME + "," + more + "}";
            assertThat(post("operator", ACME + "/restore", body).status())
                    .as(more)
                    .isEqualTo(403);
        }
        assertThat(backups.restored).isEmpty();
        String all = "{" + NAME + ",\"install\":true,\"server\":\"big\",\"as\":\"b@example.com\"}";
        assertThat(post("admin", ACME + "/restore", all).status()).isEqualTo(200);
        RestoreRequest request = backups.restored.get(0);
        assertThat(request.install()).isTrue();
        assertThat(request.server()).contains("big");
        assertThat(request.as()).contains("b@example.com");
    }

    @Test
    void onlyABackupOfThatInstanceIsTaken() {
        String manager = "{\"name\":\"" + FakeBackups.MANAGER + "\"}";
        for (String verb : new String[] {"restore", "drill", "verify"}) {
            assertThat(post("admin", ACME + "/" + verb, manager).status())
                    .as(verb)
                    .isEqualTo(404);
        }
        assertThat(post("admin", "backups/manager/drill", "{" + NAME + "}").status())
                .isEqualTo(404);
        assertThat(post("admin", "backups/manager/drill", manager).status()).isEqualTo(200);
        assertThat(backups.drilled).containsExactly(FakeBackups.MANAGER);
    }

    @Test
    void tablesComeBesideThePresentOnes() {
        String body = "{" + NAME + ",\"tables\":[\"public.file\"],\"replace\":true}";
        JsonNode restored = post("operator", ACME + "/tables", body).json();
        assertThat(restored.at("/tables/0/into").asText()).isEqualTo("public.file_restored");
        assertThat(backups.tables.get(0).replace()).isTrue();
        assertThat(post("operator", ACME + "/tables", "{" + NAME + "}").status())
                .isEqualTo(400);
        assertThat(post("operator", ACME + "/tables", "{" + NAME + ",\"tables\":[null]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aCloneIsPlannedOrMade() {
        String path = "instances/acme@example.com/clone";
        JsonNode plan = post("admin", path + "?dry-run=true", "{\"as\":\"b@example.com\"}")
                .json();
        assertThat(plan.get("dryRun").asBoolean()).isTrue();
        assertThat(plan.has("password")).isFalse();
        assertThat(post("admin", path, "{\"as\":\"b@example.com\"}")
                        .json()
                        .get("password")
                        .asText())
                .isEqualTo("sesame-open");
        assertThat(post("admin", path, "{}").status()).isEqualTo(400);
        assertThat(post("operator", path, "{\"as\":\"b@example.com\"}").status())
                .isEqualTo(403);
    }

    @Test
    void anInstanceIsExportedWithItsAppAndImportedWithAKey() {
        String path = "instances/acme@example.com/export";
        Answer made = post("admin", path, "{\"file\":\"/tmp/a/../acme.age\",\"withApp\":true}");
        assertThat(made.json().get("newKey").asText()).startsWith("AGE-SECRET-KEY-1");
        assertThat(backups.exported.get(0).withApp()).isTrue();
        assertThat(backups.exported.get(0).file()).hasToString("/tmp/acme.age");
        for (String wrong : new String[] {"{}", "{\"file\":\"acme.age\"}", "{\"file\":\"/a\\u0000\"}"}) {
            assertThat(post("admin", path, wrong).status()).as(wrong).isEqualTo(400);
        }

        String order = "{\"place\":\"/tmp\",\"name\":\"acme.age\",\"key\":\"AGE-SECRET-KEY-1SESAME\",\"install\":true}";
        assertThat(post("admin", "imports", order).status()).isEqualTo(200);
        assertThat(backups.keys).containsExactly(List.of("AGE-SECRET-KEY-1SESAME"));
        assertThat(backups.restored.get(0).install()).isTrue();
        assertThat(server.services.audit.entries.toString())
                .contains("import:make")
                .doesNotContain("SESAME");
    }

    @Test
    void anInstanceGoesBackToAMoment() {
        assertThat(server.send("admin", "PUT", "backups/archive", "{\"target\":\"nas\",\"keep\":\"PT48H\"}")
                        .json()
                        .get("keep")
                        .asText())
                .isEqualTo("PT48H");
        String path = "instances/acme@example.com/restore";
        String to = "{\"to\":\"2026-11-01T01:00:30+01:00\"}";
        assertThat(post("operator", path + "?dry-run=true", to)
                        .json()
                        .get("dryRun")
                        .asBoolean())
                .isTrue();
        assertThat(server.services.archive.restored).isEmpty();
        assertThat(post("operator", path, to).json().get("formerDatabase").asText())
                .isEqualTo("former");
        assertThat(server.services.archive.restored.get(0).to()).isEqualTo(Instant.parse("2026-11-01T00:00:30Z"));
        assertThat(post("operator", path, "{\"to\":\"yesterday\"}").status()).isEqualTo(400);
        assertThat(server.send("admin", "DELETE", "backups/archive", null)
                        .json()
                        .get("on")
                        .asBoolean())
                .isFalse();
    }
}
