package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** Where backups go, and when. */
class BackupPlansTest {

    private static final String VAULT = "backups/targets/vault";

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
    void aTargetsSecretIsTakenAndNeverAnswered() {
        Answer made = server.send(
                "admin",
                "PUT",
                VAULT,
                "{\"address\":\"sftp://b@vault/~/\",\"secret\":\"sesame-open\",\"bytesPerSecond\":1000}");
        assertThat(made.json().get("hasSecret").asBoolean()).isTrue();
        assertThat(made.json().get("bytesPerSecond").asInt()).isEqualTo(1000);
        assertThat(server.services.targets.all.get("vault").secret()).contains("sesame-open");
        for (String path : new String[] {VAULT, "backups/targets", "tasks"}) {
            assertThat(server.get("admin", path).response().body()).as(path).doesNotContain("sesame");
        }
        assertThat(server.services.audit.entries.toString()).contains("vault").doesNotContain("sesame");
    }

    @Test
    void aPasswordInAnAddressIsNotKeptByTheAudit() {
        server.send("admin", "PUT", VAULT, "{\"address\":\"sftp://b:sesame@vault/~/\"}");
        assertThat(server.services.audit.entries.toString())
                .contains("sftp://b:***@vault")
                .doesNotContain("sesame");
    }

    @Test
    void aTargetIsTestedAndForgotten() {
        Answer test = server.send("admin", "POST", "backups/targets/nas/test", null);
        assertThat(test.json().get("passed").asBoolean()).isFalse();
        assertThat(test.json().at("/steps/0/message").asText()).isEqualTo("It is off.");
        assertThat(server.send("admin", "DELETE", "backups/targets/nas", null).status())
                .isEqualTo(200);
        assertThat(server.get("admin", "backups/targets/nas").status()).isEqualTo(404);
        assertThat(server.send("admin", "POST", "backups/targets/nas/test", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aTargetIsNotReplacedByWhoHasNotSeenIt() {
        String tag = server.get("admin", "backups/targets/nas").header("ETag");
        String body = "{\"address\":\"sftp://b@other/\"}";
        assertThat(server.send("admin", "PUT", "backups/targets/nas", body, "If-Match", tag)
                        .status())
                .isEqualTo(200);
        assertThat(server.send("admin", "PUT", "backups/targets/nas", body, "If-Match", tag)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aScheduleHasDefaultsAndIsReplaced() {
        String path = "backups/schedules/weekly";
        Answer made = server.send("admin", "PUT", path, "{\"targets\":[\"nas\"],\"zone\":\"Europe/Berlin\"}");
        assertThat(made.json().get("cron").asText()).isEqualTo("0 2 * * *");
        assertThat(made.json().get("instances").toString()).isEqualTo("[\"all\"]");
        Answer changed = server.send(
                "admin", "PUT", path, "{\"targets\":[\"nas\"],\"cron\":\"0 4 * * 0\",\"keep\":{\"weekly\":4}}");
        assertThat(changed.json().get("cron").asText()).isEqualTo("0 4 * * 0");
        assertThat(changed.json().at("/keep/weekly").asInt()).isEqualTo(4);
        assertThat(server.send("admin", "POST", path + "/run", null).status()).isEqualTo(200);
    }

    @Test
    void aScheduleThatCannotBeUsedSaysWhy() {
        assertThat(server.get("admin", "backups/schedules/broken")
                        .json()
                        .get("detail")
                        .asText())
                .contains("It has no targets.");
        for (String wrong : new String[] {
            "{}", "{\"targets\":[null]}", "{\"targets\":[],\"zone\":\"Mars\"}", "{\"targets\":[],\"window\":\"long\"}"
        }) {
            assertThat(server.send("admin", "PUT", "backups/schedules/x", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }
}
