package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.rest.RestServer.Answer;

/** What is wrong with a request is told by RFC 9457, and changes nothing. */
class ProblemsTest {

    private static final String ACME = "instances/acme@example.com";

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void isProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith(Problem.TYPE);
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("detail").asText()).isNotBlank().doesNotContain("com.fasterxml", "platform.core");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, nothing-here, 404",
        "GET, instances/none@example.com, 404",
        "GET, instances/x'; DROP TABLE instance, 400",
        "GET, instances?limit=0, 400",
        "GET, instances?limit=ten, 400",
        "GET, instances?limit=99999999999999999999, 400",
        "GET, instances?state=SLEEPING, 400",
        "GET, alarms?severity=loud, 400",
        "GET, logs/files?level=loud, 400",
        "GET, instances?unknown=1, 400",
        "GET, audit?since=yesterday, 400",
        "GET, audit?since=P99999999999D, 400",
        "GET, tasks/1, 404",
        "PUT, instances, 405",
        "PUT, alarms, 405",
        "POST, instances, 400",
        "POST, instances/acme@example.com/start?wait=-1, 400",
    })
    void aRequestThatMakesNoSense(String method, String path, int status) {
        isProblem(server.send("admin", method, path.replace(" ", "%20"), null), status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "1",
                "\"text\"",
                "{\"settings\":1}",
                "{\"settings\":[]}",
                "{\"settings\":{\"a\":{}}}",
                "{\"unknown\":1}",
                "{} {}",
                "{}",
                "{\"host\":\"a\",\"host\":\"b\"}",
                "{\"keepOldPath\":\"for long\"}",
                "{\"dropOldPaths\":\"perhaps\"}",
                "{\"host\":\"\u0000\uD800\"}extra"
            })
    void aBodyThatMakesNoSense(String body) {
        isProblem(server.send("admin", "PATCH", ACME, body), 400);
    }

    @Test
    void aBodyOfAThousandLevels() {
        isProblem(server.send("admin", "PATCH", ACME, "{\"a\":".repeat(1000) + "1" + "}".repeat(1000)), 400);
    }

    @Test
    void aNumberOfAThousandDigits() {
        String body = "{\"limits\":{\"connections\":" + "9".repeat(1000) + "}}";
        isProblem(server.send("admin", "PATCH", ACME + "/limits", body), 400);
    }

    @Test
    void aBodyThatIsTooLong() {
        isProblem(server.send("admin", "PATCH", ACME, "{\"host\":\"" + "x".repeat(Body.LONGEST) + "\"}"), 413);
    }

    @Test
    void aMethodThatIsNotThereNamesThoseThatAre() {
        Answer answer = server.send("admin", "PUT", "instances", null);
        assertThat(answer.header("Allow")).contains("GET", "POST");
    }

    @Test
    void aBodyThatIsNotJson() {
        isProblem(server.send("admin", "PATCH", ACME, "host=a", "Content-Type", "text/plain"), 415);
    }

    @Test
    void anAnswerThatIsNotJson() {
        isProblem(server.send("admin", "GET", "instances", null, "Accept", "text/html"), 406);
    }

    @Test
    void aMistakeOfThePlatformTellsNothingOfItsInside() {
        server.services.instances.broken = true;
        try {
            isProblem(server.get("admin", "instances"), 500);
        } finally {
            server.services.instances.broken = false;
        }
    }
}
