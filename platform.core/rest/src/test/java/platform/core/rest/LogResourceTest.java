package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.core.rest.RestServer.Answer;

/** Logs, by who may read them. */
class LogResourceTest {

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> messages(String user, String path) {
        Answer answer = server.get(user, path);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().findValuesAsText("message");
    }

    @Test
    void aLogIsReadTheNewestFirstAndByPages() {
        assertThat(server.get("viewer", "logs").json()).hasSize(2);
        Answer page = server.get("viewer", "logs/files?limit=2&offset=1");
        assertThat(page.json().findValuesAsText("message")).containsExactly("minute 1", "minute 2");
        assertThat(page.header("Link")).contains("offset=3");
        assertThat(page.json().at("/0/level").asText()).isEqualTo("ERROR");
        assertThat(page.json().at("/0/instance").asText()).isEqualTo("bolt@example.org");
        assertThat(page.json().at("/0/trace/0").asText()).isEqualTo("  at app.files.Store.keep");
        assertThat(server.get("viewer", "logs/files").json().get(0).has("instance"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "level=WARN, 5",
        "level=warn, 5",
        "logger=app.files, 10",
        "logger=app.file, 0",
        "instance=acme@example.com, 4",
        "text=MINUTE 7, 1",
        "since=PT90S, 2",
    })
    void onlyWhatIsWantedIsRead(String query, int count) {
        assertThat(messages("viewer", "logs/files?" + query.replace(" ", "%20")))
                .hasSize(count);
    }

    @Test
    void whoHasAScopeReadsWhatItsInstancesHaveLogged() {
        assertThat(messages("operator", "instances/acme@example.com/log"))
                .containsExactly("minute 2", "minute 4", "minute 6", "minute 8");
        assertThat(server.get("stranger", "instances/acme@example.com/log").status())
                .isEqualTo(403);
        for (String path : List.of("logs", "logs/files", "logs/files?instance=acme@example.com")) {
            assertThat(server.get("operator", path).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void whatCannotBeReadIsToldWithTheReason() {
        Answer missing = server.get("viewer", "logs/none");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().get("detail").asText()).contains("There are: files");
        assertThat(server.get("viewer", "instances/none@example.com/log").status())
                .isEqualTo(404);
        assertThat(server.get("viewer", "logs/files?level=LOUD").status()).isEqualTo(400);
        assertThat(server.get("viewer", "logs/files?since=yesterday").status()).isEqualTo(400);
        server.services.logs.broken = true;
        assertThat(server.get("viewer", "logs/files").status()).isEqualTo(503);
    }
}
