package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.AlarmSeverity;
import platform.core.rest.RestServer.Answer;

/** The places that alarms are told to. */
class AlarmSinkResourceTest {

    private static final String MAIL = "alarms/sinks/mail";

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
    void aSinksSecretIsTakenAndNeverAnswered() {
        Answer made = server.send(
                "admin",
                "PUT",
                MAIL,
                "{\"address\":\"smtp://me@mail.example.com:587\",\"secret\":\"sesame\",\"severity\":\"critical\","
                        + "\"repeat\":\"PT0S\",\"from\":\"me@example.com\",\"to\":[\"you@example.com\"]}");
        assertThat(made.json().get("hasSecret").asBoolean()).isTrue();
        assertThat(made.json().get("severity").asText()).isEqualTo("critical");
        assertThat(server.services.sinks.all.get("mail"))
                .extracting("severity", "repeat")
                .containsExactly(AlarmSeverity.CRITICAL, Optional.of(Duration.ZERO));
        for (String path : new String[] {MAIL, "alarms/sinks", "tasks"}) {
            assertThat(server.get("admin", path).response().body()).as(path).doesNotContain("sesame");
        }
        assertThat(server.services.audit.entries.toString())
                .contains("alarm-sink:put")
                .doesNotContain("sesame");
    }

    @Test
    void aSinkIsTestedAndForgotten() {
        assertThat(server.send("admin", "POST", "alarms/sinks/noc/test", null)
                        .json()
                        .get("answer")
                        .asText())
                .isEqualTo("204 No Content");
        server.send("admin", "PUT", "alarms/sinks/off", "{\"address\":\"https://off/\"}");
        assertThat(server.send("admin", "POST", "alarms/sinks/off/test", null).status())
                .isEqualTo(503);
        assertThat(server.send("admin", "DELETE", "alarms/sinks/off", null).status())
                .isEqualTo(200);
        assertThat(server.send("admin", "POST", "alarms/sinks/off/test", null).status())
                .isEqualTo(404);
    }

    @Test
    void whatASinkCannotBeIsRefused() {
        for (String wrong : new String[] {
            "{}",
            "{\"address\":\"https://a/\",\"severity\":\"awful\"}",
            "{\"address\":\"https://a/\",\"repeat\":\"-PT1S\"}",
            "{\"address\":\"https://a/\",\"authorities\":\"ca.pem\"}",
            "{\"address\":\"https://a/\",\"to\":[null]}"
        }) {
            assertThat(server.send("admin", "PUT", MAIL, wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(server.get("viewer", "alarms/sinks").status()).isEqualTo(403);
    }
}
