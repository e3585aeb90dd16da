package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.InstanceId;
import platform.core.api.State;
import platform.core.rest.RestServer.Answer;

/** Instances over REST, and with them what all resources have in common. */
class InstanceResourceTest {

    private static final String ACME = "instances/acme@example.com";

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private State state() {
        return server.services
                .instances
                .all
                .get(InstanceId.parse("acme@example.com"))
                .state();
    }

    @Test
    void aListShowsAllStatesAndUse() {
        JsonNode list = server.get("viewer", "instances").json();
        assertThat(list).hasSize(2);
        assertThat(list.get(0).get("id").asText()).isEqualTo("acme@example.com");
        assertThat(list.get(0).get("backupProved").asText()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(list.get(0).get("usage").get("database-size").asDouble()).isEqualTo(8e6);
        assertThat(list.get(1).has("backupProved")).isFalse();
    }

    @Test
    void aListIsFilteredAndBoundedByTheScope() {
        assertThat(server.get("operator", "instances").json()).hasSize(1);
        assertThat(server.get("stranger", "instances").json()).isEmpty();
        assertThat(server.get("admin", "instances?domain=example.org").json()).hasSize(1);
        assertThat(server.get("admin", "instances?state=STOPPED").json()).isEmpty();
        assertThat(server.get("admin", "instances?state=running").json()).isNotEmpty();
    }

    @Test
    void theNextPageIsLinked() {
        Answer first = server.get("viewer", "instances?limit=1");
        assertThat(first.json()).hasSize(1);
        assertThat(first.header("Link")).isEqualTo("</manager/api/v1/instances?offset=1&limit=1>; rel=\"next\"");
        Answer last = server.get("viewer", "instances?limit=1&offset=1");
        assertThat(last.json().get(0).get("id").asText()).isEqualTo("bolt@example.org");
        assertThat(last.header("Link")).isEmpty();
    }

    @Test
    void whoHasTheAnswerDoesNotGetItAgain() {
        Answer first = server.get("viewer", ACME);
        Answer second = server.send("viewer", "GET", ACME, null, "If-None-Match", first.header("ETag"));
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.response().body()).isEmpty();
    }

    @Test
    void whatHasChangedSinceIsNotChangedAgain() {
        String tag = server.get("operator", ACME).header("ETag");
        Answer stopped = server.send("operator", "POST", ACME + "/stop", null, "If-Match", tag);
        assertThat(stopped.status()).isEqualTo(200);
        assertThat(stopped.json().get("state").asText()).isEqualTo("STOPPED");
        Answer late = server.send("operator", "POST", ACME + "/start", null, "If-Match", tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(state()).isEqualTo(State.STOPPED);
    }

    @Test
    void ofTwoThatHaveSeenTheSameOneChangesIt() {
        server.send("operator", "POST", ACME + "/stop", null);
        CountDownLatch mayStart = new CountDownLatch(1);
        server.services.instances.mayStart = mayStart;
        String tag = server.get("operator", ACME).header("ETag");
        List<String> tasks = Stream.of("start", "start")
                .map(it -> server.send("operator", "POST", ACME + "/" + it + "?wait=0", null, "If-Match", tag))
                .map(it -> it.header("Location"))
                .toList();
        mayStart.countDown();
        assertThat(tasks.stream()
                        .map(this::ended)
                        .map(it -> it.at("/problem/status").asInt()))
                .containsExactlyInAnyOrder(0, 412);
        assertThat(server.services.instances.starts).isEqualTo(1);
    }

    private JsonNode ended(String task) {
        JsonNode shown = server.get("operator", task).json();
        while (shown.get("state").asText().equals("RUNNING")) {
            Thread.onSpinWait();
            shown = server.get("operator", task).json();
        }
        return shown;
    }

    @Test
    void ofTwoThatHaveSeenTheSameUserOneChangesIt() throws Exception {
        String[] roles = {"viewer", "administrator"};
        ExecutorService threads = Executors.newFixedThreadPool(roles.length);
        for (int round = 0; round < 20; round++) {
            server.send("admin", "PATCH", "users/anna", "{\"role\":\"operator\"}");
            String tag = server.get("admin", "users/anna").header("ETag");
            List<Callable<Integer>> calls = Stream.of(roles)
                    .<Callable<Integer>>map(role -> () -> server.send(
                                    "admin", "PATCH", "users/anna", "{\"role\":\"" + role + "\"}", "If-Match", tag)
                            .status())
                    .toList();
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsExactlyInAnyOrder(200, 412);
        }
        threads.shutdown();
    }

    @Test
    void whatIsThereAtAllIsChangedByAStar() {
        assertThat(server.send("operator", "POST", ACME + "/stop", null, "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNewInstanceTellsItsPasswordWhenItWasMadeUp() {
        String body = "{\"id\":\"new@example.com\",\"app\":\"files\",\"settings\":{\"quota\":\"10G\"}}";
        Answer made = server.send("admin", "POST", "instances", body);
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.json().get("password").asText()).isEqualTo("made-up");
        assertThat(made.json().get("instance").get("settings").get("quota").asText())
                .isEqualTo("10G");
        Answer again = server.send("admin", "POST", "instances", body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("detail").asText()).contains("new@example.com");
    }

    @Test
    void aSettingIsSetAndRemoved() {
        server.send("operator", "PATCH", ACME, "{\"settings\":{\"a\":\"1\",\"b\":\"2\"}}");
        Answer edited = server.send("operator", "PATCH", ACME, "{\"settings\":{\"a\":null}}");
        assertThat(edited.json().get("settings").toString()).isEqualTo("{\"b\":\"2\"}");
    }

    @Test
    void traceFlagsAreShownAndChanged() {
        assertThat(server.get("viewer", ACME).json().get("trace").toString()).isEqualTo("[\"app\",\"app-websocket\"]");
        Answer edited = server.send("operator", "PATCH", ACME, "{\"trace\":[\"Database\",\"smtp\"]}");
        assertThat(edited.json().get("trace").toString()).isEqualTo("[\"database\",\"smtp\"]");
        assertThat(server.send("operator", "PATCH", ACME, "{\"trace\":[\"all\"]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatReachesBeyondTheInstanceTakesAnAdministrator() {
        assertThat(server.send("operator", "PATCH", ACME, "{\"path\":\"/elsewhere\"}")
                        .status())
                .isEqualTo(403);
        assertThat(server.send("admin", "PATCH", ACME, "{\"path\":\"/elsewhere\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDryRunRemovesNothing() {
        Answer dry = server.send("admin", "DELETE", ACME + "?dry-run=true", null);
        assertThat(dry.json().get("dryRun").asBoolean()).isTrue();
        assertThat(server.get("admin", ACME).status()).isEqualTo(200);
        for (String misspelt : List.of("dryrun=true", "dry-run=yes", "dry-run")) {
            assertThat(server.send("admin", "DELETE", ACME + "?" + misspelt, null)
                            .status())
                    .as(misspelt)
                    .isEqualTo(400);
        }
        assertThat(server.get("admin", ACME).status()).isEqualTo(200);
        assertThat(server.send("admin", "DELETE", ACME, null).status()).isEqualTo(200);
        assertThat(server.get("admin", ACME).status()).isEqualTo(404);
    }

    @Test
    void longWorkIsATaskThatGoesOn() {
        CountDownLatch mayStart = new CountDownLatch(1);
        server.services.instances.mayStart = mayStart;
        Answer accepted = server.send("operator", "POST", ACME + "/start?wait=0", null);
        assertThat(accepted.status()).isEqualTo(202);
        String task = accepted.header("Location");
        assertThat(server.get("operator", task).json().get("state").asText()).isEqualTo("RUNNING");
        assertThat(server.get("stranger", task).status()).isEqualTo(404);
        assertThat(server.services.audit.last().result()).isEqualTo("begun");
        Instant before = Instant.now();
        mayStart.countDown();
        JsonNode done = ended(task);
        assertThat(done.get("result").get("id").asText()).isEqualTo("acme@example.com");
        assertThat(Instant.parse(done.get("ended").asText())).isAfterOrEqualTo(before);
        assertThat(server.services.audit.last().result()).isEqualTo("done");
    }

    @Test
    void aRepeatedCallIsDoneOnce() {
        Answer first = server.send("operator", "POST", ACME + "/start", null, "Idempotency-Key", "k1");
        Answer second = server.send("operator", "POST", ACME + "/start", null, "Idempotency-Key", "k1");
        assertThat(second.response().body()).isEqualTo(first.response().body());
        assertThat(server.services.instances.starts).isEqualTo(1);
        Answer other = server.send("operator", "POST", ACME + "/stop", null, "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(409);
        assertThat(state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aChangeIsInTheAuditWithoutSecrets() {
        server.send("operator", "PUT", ACME + "/password", "{\"password\":\"sesame-open\"}");
        assertThat(server.services.audit.last().result()).isEqualTo("done");
        assertThat(server.services.audit.last().event().action()).isEqualTo("instance:set-password");
        assertThat(server.services.audit.last().event().target()).isEqualTo("acme@example.com");
        assertThat(server.services.audit.entries.toString()).doesNotContain("sesame");
        server.send("operator", "POST", ACME + "/stop", null);
        assertThat(server.services.audit.last().before()).isEqualTo("acme@example.com state=RUNNING");
        assertThat(server.services.audit.last().after()).isEqualTo("acme@example.com state=STOPPED");
        server.send("operator", "PATCH", ACME, "{\"settings\":{\"quota\":\"20G\",\"smtp_password\":\"sesame-too\"}}");
        assertThat(server.services.audit.last().after())
                .contains("acme@example.com settings.quota=20G", "acme@example.com settings.smtp_password=***");
        assertThat(server.services.audit.entries.toString()).doesNotContain("sesame");
    }

    @Test
    void aChangeOfSomethingElseIsInTheAuditToo() {
        server.send("admin", "PATCH", "users/anna", "{\"role\":\"viewer\"}");
        assertThat(server.services.audit.last().before()).isEqualTo("anna role=operator");
        assertThat(server.services.audit.last().after()).isEqualTo("anna role=viewer");
        server.send("admin", "PATCH", "settings/platform.core.shell.ssh", "{\"settings\":{\"port\":\"8102\"}}");
        assertThat(server.services.audit.last().before()).isEmpty();
        assertThat(server.services.audit.last().after()).isEqualTo("platform.core.shell.ssh port=8102");
    }

    @Test
    void whatCannotBeNotedIsNotDone() {
        server.services.audit.broken.set(true);
        assertThat(server.send("operator", "POST", ACME + "/stop", null).status())
                .isEqualTo(503);
        assertThat(state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aRefusalIsInTheAudit() {
        assertThat(server.send("stranger", "POST", ACME + "/stop", null).status())
                .isEqualTo(403);
        assertThat(server.services.audit.last().result())
                .isEqualTo("refused: it is outside of your scope, *@elsewhere.example");
        assertThat(state()).isEqualTo(State.RUNNING);
    }
}
