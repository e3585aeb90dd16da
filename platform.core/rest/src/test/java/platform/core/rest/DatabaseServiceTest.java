package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.rest.RestServer.Answer;
import platform.db.api.ServerRegistration;
import platform.db.api.SqlRequest;

/** Access to databases, their extensions, passwords and servers, and SQL. */
class DatabaseServiceTest {

    private static final String ACME = "instances/acme@example.com/database";

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
        return server.send("admin", "POST", ACME + path, body);
    }

    @Test
    void accessIsAllowedForATimeAndItsPasswordShownOnce() {
        Answer allowed = post("/access", "{\"cidr\":\"192.0.2.0/24\",\"lasts\":\"P7D\"}");
        assertThat(allowed.json().get("password").asText()).isEqualTo("sesame-open");
        assertThat(allowed.json().get("port").asInt()).isEqualTo(5433);
        assertThat(allowed.json().at("/access/expires").asText()).isEqualTo("2026-11-08T00:00:00Z");
        assertThat(server.get("admin", ACME + "/access").response().body())
                .contains("192.0.2.0/24")
                .doesNotContain("sesame", "bolt");
        assertThat(server.services.audit.entries.toString())
                .contains("database-access:allow", "192.0.2.0/24")
                .doesNotContain("sesame");
    }

    @Test
    void accessIsDeniedToOneNetworkAndThenToAll() {
        post("/access", "{\"cidr\":\"192.0.2.0/24\"}");
        Answer one = server.send("admin", "DELETE", ACME + "/access?cidr=192.0.2.0/24", null);
        assertThat(one.json()).hasSize(1);
        Answer rest = server.send("admin", "DELETE", ACME + "/access", null);
        assertThat(rest.json().at("/0/cidr").asText()).isEqualTo("192.0.2.7/32");
        assertThat(server.send("admin", "DELETE", ACME + "/access", null).status())
                .isEqualTo(404);
        assertThat(server.get("admin", "instances/bolt@example.org/database/access")
                        .json())
                .hasSize(1);
    }

    @Test
    void whatTheServerRefusesIsNoFailureOfThePlatform() {
        assertThat(post("/access", "{\"cidr\":\"everywhere\"}").status()).isEqualTo(422);
        assertThat(post("/access", "{\"cidr\":\"192.0.2.7\",\"lasts\":\"-P1D\"}")
                        .status())
                .isEqualTo(400);
        Answer refused = post("/extensions", "{\"name\":\"plperlu\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asText()).contains("neither trusted nor allowed.");
    }

    @Test
    void anExtensionIsCreatedAndListed() {
        assertThat(post("/extensions", "{\"name\":\"hstore\"}")
                        .json()
                        .get("installed")
                        .asText())
                .isEqualTo("1.8");
        assertThat(server.get("admin", ACME + "/extensions").json().at("/1/installed"))
                .isEmpty();
        assertThat(server.get("operator", ACME + "/extensions").status()).isEqualTo(403);
    }

    @Test
    void aStatementReadsUnlessItSaysOtherwise() {
        Answer read = server.send("operator", "POST", ACME + "/sql", "{\"sql\":\"SELECT a, b AS a FROM t\"}");
        assertThat(read.json().at("/rows/0").toString()).isEqualTo("[\"1\",null]");
        assertThat(read.json().get("more").asBoolean()).isTrue();
        server.send("operator", "POST", ACME + "/sql", "{\"sql\":\"DELETE FROM t\",\"write\":true,\"rows\":1}");
        assertThat(server.services.databases.sql.run)
                .containsExactly(
                        new SqlRequest(
                                "db_acme@example.com", "SELECT a, b AS a FROM t", false, Duration.ofSeconds(30), 1000),
                        new SqlRequest("db_acme@example.com", "DELETE FROM t", true, Duration.ofSeconds(30), 1));
        assertThat(server.services.audit.last().event().arguments()).contains("DELETE FROM t");
    }

    @Test
    void rowsThatWereReadAreNotKeptAsATask() {
        post("/sql", "{\"sql\":\"SELECT 1\"}");
        assertThat(server.get("admin", "tasks").json()).isEmpty();
        assertThat(server.services.audit.last().event().action()).isEqualTo("database-sql:run");
        assertThat(server.services.audit.last().result()).isEqualTo("done");
    }

    @Test
    void aStatementIsRefusedOrItsServerAway() {
        Answer refused = post("/sql", "{\"sql\":\"SELEC\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asText()).contains("syntax error");
        assertThat(post("/sql", "{\"sql\":\"SELECT away()\"}").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sql\":\"SELECT 1\",\"rows\":0}",
                "{\"sql\":\"SELECT 1\",\"rows\":10001}",
                "{\"sql\":\"SELECT 1\",\"timeout\":\"PT2H\"}",
                "{\"sql\":\"SELECT 1\",\"timeout\":\"PT-999999999999H\"}",
                "{\"sql\":\"SELECT 1\",\"timeout\":0}",
            })
    void aStatementWithoutBoundsIsNotRun(String body) {
        assertThat(post("/sql", body).status()).isEqualTo(400);
        assertThat(server.services.databases.sql.run).isEmpty();
    }

    @Test
    void aDatabaseIsMovedToAnotherServer() {
        Answer moved = post("/move", "{\"server\":\"pg1\"}");
        assertThat(moved.json().get("from").asText()).isEqualTo("default");
        assertThat(moved.json().get("to").asText()).isEqualTo("pg1");
        assertThat(moved.json().get("paused").asDouble()).isEqualTo(1.5);
        assertThat(post("/move", "{\"server\":\"none\"}").status()).isEqualTo(400);
        assertThat(server.send("operator", "POST", ACME + "/move", "{\"server\":\"pg1\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void passwordsAreRotatedAndToldNobody() {
        assertThat(server.send("operator", "POST", ACME + "/rotate-password", null)
                        .json()
                        .toString())
                .isEqualTo("{\"rotated\":\"acme@example.com\"}");
        assertThat(server.services.audit.last().event().action()).isEqualTo("instance-database:rotate-password");
        Answer own = server.send("admin", "POST", "platform/rotate-database-passwords", null);
        assertThat(own.json().get("rotated").asText()).isEqualTo("platform");
    }

    @Test
    void databasesSayWhichServerTheyAreOnAndWhatIsMissing() {
        Answer databases = server.get("viewer", "databases");
        assertThat(databases.json().at("/0/server").asText()).isEqualTo("embedded");
        assertThat(databases.header("Servers-Away")).isEqualTo("pg1");
    }

    @Test
    void serversSayWhatIsOnThemAndWhetherTheyAnswer() {
        Answer servers = server.get("viewer", "databases/servers");
        assertThat(servers.json().at("/0/instances").asInt()).isEqualTo(2);
        assertThat(servers.json().at("/0/reachable").asBoolean()).isTrue();
        assertThat(servers.json().at("/1/problem").asText()).isEqualTo("It does not answer.");
    }

    @Test
    void aServerIsAddedAfterALoginToItAndForgotten() {
        String path = "databases/servers/pg2";
        String wrong = "{\"host\":\"pg2.example.com\",\"user\":\"adm\",\"password\":\"guess\"}";
        assertThat(server.send("operator", "PUT", path, wrong).status()).isEqualTo(403);
        Answer refused = server.send("admin", "PUT", path, wrong);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asText()).contains("Cannot log in");
        assertThat(server.get("admin", path).status()).isEqualTo(404);

        Answer added = server.send(
                "admin", "PUT", path, "{\"host\":\"pg2.example.com\",\"user\":\"adm\",\"password\":\"sesame\"}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json().get("address").asText()).isEqualTo("pg2.example.com:5432");
        assertThat(added.json().toString()).doesNotContain("sesame");
        ServerRegistration put = server.services.databases.servers.put;
        assertThat(put.tls()).isEqualTo("verify-full");
        assertThat(put.authorities()).isEmpty();
        assertThat(server.services.audit.last().event().action()).isEqualTo("database-server:put");
        assertThat(server.services.audit.last().toString()).doesNotContain("sesame");

        assertThat(server.send("admin", "DELETE", "databases/servers/default", null)
                        .status())
                .isEqualTo(422);
        assertThat(server.send("admin", "DELETE", path, null).status()).isEqualTo(200);
        assertThat(server.get("viewer", path).status()).isEqualTo(404);
    }
}
