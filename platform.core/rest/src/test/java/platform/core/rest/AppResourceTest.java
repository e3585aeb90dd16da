package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** Apps that come, change and go. */
class AppResourceTest {

    private RestServer server;
    private List<String> events;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
        events = server.services.appFiles.events;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer put(String jar, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/java-archive";
        return server.send("admin", "PUT", "apps/notes", jar, all);
    }

    @Test
    void anAppIsInstalled() {
        Answer answer = put("jar");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("state").asText()).isEqualTo("RUNNING");
        assertThat(events).containsExactly("received", "installed", "closed");
        assertThat(server.services.audit.last().event().action()).isEqualTo("app:put");
    }

    @Test
    void aRepeatedFileIsInstalledOnceAndAnotherIsRefused() {
        put("jar", "Idempotency-Key", "k");
        assertThat(put("jar", "Idempotency-Key", "k").status()).isEqualTo(200);
        assertThat(put("other", "Idempotency-Key", "k").status()).isEqualTo(409);
        assertThat(events)
                .containsExactly("received", "installed", "closed", "received", "closed", "received", "closed");
    }

    @Test
    void aFileIsNotInstalledOverWhatHasChanged() {
        assertThat(put("jar", "If-Match", "*").status()).isEqualTo(412);
        assertThat(events).doesNotContain("installed").endsWith("closed");
    }

    @Test
    void nobodyElsesFileIsRead() {
        assertThat(server.send("operator", "PUT", "apps/notes", "jar", "Content-Type", "application/java-archive")
                        .status())
                .isEqualTo(403);
        assertThat(events).isEmpty();
    }

    @Test
    void aFileIsNotLongerThanOtherBodiesOnly() {
        assertThat(put("x".repeat(2 * Body.LONGEST)).status()).isEqualTo(200);
    }

    @Test
    void aDryRunTellsWhichInstancesWouldStop() {
        Answer dry = server.send("admin", "DELETE", "apps/files?dry-run=true", null);
        assertThat(dry.json().get("instances").toString()).isEqualTo("[\"acme@example.com\",\"bolt@example.org\"]");
        assertThat(events).isEmpty();
        server.send("admin", "DELETE", "apps/files", null);
        server.send("admin", "DELETE", "apps/files?force=true", null);
        assertThat(events).containsExactly("removed files", "removed files with instances");
    }

    @Test
    void anAppIsMovedIntoAProcessAndLimited() {
        Answer moved = server.send(
                "admin",
                "PATCH",
                "apps/files",
                "{\"isolation\":\"process\",\"limits\":{\"heapMegabytes\":512,\"cpuPercent\":50}}");
        assertThat(moved.json().get("isolation").asText()).isEqualTo("process");
        assertThat(moved.json().get("limits").toString())
                .isEqualTo("{\"heapMegabytes\":512,\"files\":4096,\"memoryMegabytes\":0,\"cpuPercent\":50}");
        for (String wrong : List.of("{}", "{\"isolation\":\"moon\"}", "{\"limits\":{\"files\":1}}")) {
            assertThat(server.send("admin", "PATCH", "apps/files", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }
}
