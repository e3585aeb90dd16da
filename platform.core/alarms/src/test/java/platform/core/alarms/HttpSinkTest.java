package platform.core.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.core.api.AlarmSeverity;

class HttpSinkTest {

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{\"result\": \"ok\"}";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/alarms", exchange -> {
            received.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpSink sink() throws IOException {
        String address = "http://me@127.0.0.1:" + server.getAddress().getPort() + "/alarms";
        return new HttpSink(SinkSpec.of(Setups.sink(address, Optional.of("secret"), Optional.empty())), Setups.SENDER);
    }

    @Test
    void anAlarmIsTheJsonOfTheOriginalPlatform() throws Exception {
        assertThat(sink().tell(List.of(Setups.event("disk-full")))).isEqualTo("HTTP 200: {\"result\": \"ok\"}");
        assertThat(received.take())
                .isEqualTo("POST Basic bWU6c2VjcmV0 {\"mt\":\"AddAlarm\",\"type\":\"alarm\",\"severity\":2,"
                        + "\"code\":\"" + HttpSink.code("disk-full") + "\",\"date\":1795168800,"
                        + "\"host\":\"box.example.com\",\"serial\":\"0a1b2c3d4e5f\",\"source\":\"platform\","
                        + "\"text\":\"It is broken\",\"details\":\"CRITICAL platform/disk-full since"
                        + " 2026-11-20T10:00:00Z\\nCause: Somebody dropped it.\\nFix: platform:disk\"}");
    }

    @Test
    void anEndAndATestSayWhatTheyAre() throws Exception {
        sink().tell(List.of(
                Setups.event("disk-full").clearedAt(Setups.START.plusSeconds(60)),
                AlarmEvent.test("noc", Setups.START)));
        assertThat(received.take())
                .contains("\"mt\":\"AddAlarm\",\"type\":\"clear\"")
                .contains("\"date\":1795168860");
        assertThat(received.take())
                .contains("\"mt\":\"AddEvent\",\"type\":\"error\"")
                .contains("\"code\":\"0x00240000\"");
    }

    @Test
    void severitiesAreThoseOfTheOriginalPlatform() throws Exception {
        HttpSink sink = sink();
        List<Integer> severities = List.of(AlarmSeverity.values()).stream()
                .map(it -> sink.json(AlarmEvent.of(Setups.alarm("a", it)))
                        .get("severity")
                        .getAsInt())
                .toList();
        assertThat(severities).containsExactly(1, 0, 2, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "401, no, true, Check user and password",
        "404, no, true, Check the path",
        "302, no, true, Give the final address",
        "500, no, true, Its log says more",
        "400, no, false, refused it",
        "200, {\"result\":\"failed\"}, false, refused it"
    })
    void whatGoesWrongIsSaid(int code, String body, boolean helpsToWait, String message) throws Exception {
        status = code;
        answer = body;
        assertThatThrownBy(() -> sink().tell(List.of(Setups.event("a"))))
                .isInstanceOf(helpsToWait ? IOException.class : RefusedException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("HTTP " + code);
    }

    @Test
    void aServerThatAnswersWithAnythingElseHasTakenIt() throws Exception {
        answer = "<html>thanks</html>";
        assertThat(sink().tell(List.of(Setups.event("a")))).contains("thanks");
    }
}
