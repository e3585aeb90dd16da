package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** Moves between platforms. */
class MoveResourceTest {

    private static final String MOVE = "instances/acme@example.com/move";
    private static final String ORDER = "{\"to\":\"https://apps2.example.com:8443\",\"ticket\":\" sesame-ticket\\n\"}";

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
    void aTicketIsShownOnceAndToNobodyElse() {
        Answer issued = server.send("admin", "POST", "moves/tickets", "{\"valid\":\"PT15M\"}");
        assertThat(issued.json().get("ticket").asText()).isEqualTo("sesame-ticket");
        assertThat(issued.json().get("until").asText()).isEqualTo("2026-11-01T00:15:00Z");
        assertThat(server.services.audit.last().event().action()).isEqualTo("move-ticket:issue");
        assertThat(server.services.audit.entries.toString()).doesNotContain("sesame");
        assertThat(server.send("operator", "POST", "moves/tickets", "{}").status())
                .isEqualTo(403);
    }

    @Test
    void aMoveIsToldBeforeItIsMade() {
        Answer told = server.send("admin", "POST", MOVE + "?dry-run=true", ORDER);
        assertThat(told.json().get("dryRun").asBoolean()).isTrue();
        assertThat(told.json().get("bytes").asLong()).isEqualTo(8_000_000);
        assertThat(server.services.moves.moved).isEmpty();

        Answer made = server.send("admin", "POST", MOVE, ORDER);
        assertThat(made.json().get("address").asText()).isEqualTo("https://apps2.example.com/acme");
        assertThat(made.json().get("paused").asDouble()).isEqualTo(0.7);
        assertThat(server.services.moves.moved.get(0).ticket()).isEqualTo("sesame-ticket");
        assertThat(server.services.audit.entries.toString())
                .contains("apps2.example.com")
                .doesNotContain("sesame");
    }

    @Test
    void whatIsInTheWayIsFoundBeforeAnythingIsCopied() {
        Answer refused = server.send("admin", "POST", MOVE, "{\"to\":\"https://full.example.com:1\",\"ticket\":\"t\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asText()).isEqualTo("Nothing was moved. There is no room.");
        assertThat(server.services.moves.moved).isEmpty();
    }

    @Test
    void anOrderWithoutItsPartsIsRefused() {
        for (String wrong :
                new String[] {"{}", "{\"to\":\"https://a/\"}", "{\"ticket\":\"t\"}", "{\"to\":\"a b\",\"ticket\":\"t\"}"
                }) {
            assertThat(server.send("admin", "POST", MOVE, wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(server.send("admin", "POST", "instances/none@example.com/move", ORDER)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anInstanceIsTakenBackWhenItRunsNowhereElse() {
        String bolt = "instances/bolt@example.org/move";
        assertThat(server.send("admin", "DELETE", bolt, null).status()).isEqualTo(422);
        Answer back = server.send("admin", "DELETE", bolt + "?sure=true", null);
        assertThat(back.json().get("id").asText()).isEqualTo("bolt@example.org");
        assertThat(server.services.audit.last().event().action()).isEqualTo("move:take-back");
    }
}
