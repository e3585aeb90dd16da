package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** Databases and their maintenance, and the fixes of alarms. */
class InstanceDatabaseTest {

    private static final String ACME = "instances/acme@example.com/database";

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aDatabaseSaysWhoseItIs() {
        assertThat(server.get("viewer", "databases").json().at("/0/instance").asText())
                .isEqualTo("acme@example.com");
    }

    @Test
    void aDatabaseIsShownWithTablesAndWhoWaits() {
        Answer shown = server.get("operator", ACME);
        assertThat(shown.json().at("/tables/0/name").asText()).isEqualTo("file");
        assertThat(shown.json().at("/lockWaits/0/seconds").asDouble()).isEqualTo(2);
        assertThat(shown.json().at("/database/cacheHitRatio").asDouble()).isEqualTo(0.99);
    }

    @Test
    void aDatabaseIsVacuumedAndReindexed() {
        assertThat(server.send("operator", "POST", ACME + "/vacuum?full=true", null)
                        .json()
                        .get("tables")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.send("operator", "POST", ACME + "/reindex", null)
                        .json()
                        .get("tables")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.services.audit.last().event().action()).isEqualTo("instance-database:reindex");
    }

    @Test
    void whatTheDatabaseCannotDoIsTold() {
        Answer failed = server.send("admin", "POST", "instances/bolt@example.org/database/vacuum", null);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.json().get("detail").asText()).isEqualTo("The disk has no room for db_bolt@example.org.");
    }

    @Test
    void aFixIsRunForItsCaller() {
        assertThat(server.send("operator", "POST", "alarms/acme@example.com/slow/fix", null)
                        .json()
                        .get("output")
                        .asText())
                .isEqualTo("Done for operator");
        assertThat(server.send("operator", "POST", "alarms/acme@example.com/none/fix", null)
                        .status())
                .isEqualTo(404);
    }
}
