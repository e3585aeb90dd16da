package app.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Platforms tell their alarms by HTTP, and pages look. */
class EventsTest {

    private static final long NOON = 1_795_780_800;
    private static final Map<String, Object> ALL = Map.of();

    private TestPlatform platform;
    private Viewer viewer;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform(Map.of("days", "30", "rows", "1000"));
        viewer = viewer("Alice");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Viewer viewer(String name) {
        return new Viewer(platform.sockets.get("/events"), name);
    }

    private static String json(String type, int severity, String host, String code, long date) {
        return String.format(
                "{\"mt\":\"AddAlarm\",\"type\":\"%s\",\"severity\":%d,\"code\":\"%s\",\"date\":%d,\"host\":\"%s\","
                        + "\"serial\":\"0a1b2c\",\"source\":\"platform\",\"text\":\"It is <b>broken</b>\",\"details\":\"\"}",
                type, severity, code, date, host);
    }

    private void tell(String type, int severity, String host, String code, long date) throws Exception {
        assertThat(platform.post(TestPlatform.PASSWORD, json(type, severity, host, code, date)))
                .isEqualTo("200 {\"result\": \"ok\"}");
    }

    @Test
    void anAlarmIsKeptAndShownLiveAndIsOverWhenThePlatformSaysSo() throws Exception {
        assertThat(viewer.list(ALL)).isEmpty();
        tell("alarm", 2, "box1", "0x00240001", NOON);
        assertThat(viewer.news())
                .containsEntry("kind", "ALARM")
                .containsEntry("severity", 2)
                .containsEntry("host", "box1")
                .containsEntry("text", "It is <b>broken</b>")
                .containsEntry("first", NOON)
                .containsEntry("cleared", 0L);
        tell("clear", 2, "box1", "0x00240001", NOON + 60);
        assertThat(viewer.news()).containsEntry("cleared", NOON + 60);
        assertThat(viewer.list(Map.of("open", true))).isEmpty();
        assertThat(viewer.list(ALL)).hasSize(1);
    }

    @Test
    void anAlarmThatIsToldAgainIsCountedAndOneOfAnotherPlatformIsAnother() throws Exception {
        tell("alarm", 1, "box1", "0x00240001", NOON);
        platform.now = platform.now.plusSeconds(1800);
        tell("alarm", 1, "box1", "0x00240001", NOON);
        tell("alarm", 1, "box2", "0x00240001", NOON);
        tell("clear", 1, "box3", "0x00240001", NOON);
        assertThat(viewer.list(ALL)).hasSize(2);
        assertThat(viewer.list(ALL).get(1)).containsEntry("count", 2L).containsEntry("first", NOON);
        assertThat(viewer.list(ALL).get(1)).containsEntry("last", platform.now.getEpochSecond());
        tell("clear", 1, "box1", "0x00240001", NOON + 3600);
        tell("alarm", 1, "box1", "0x00240001", NOON + 7200);
        assertThat(viewer.list(ALL)).hasSize(3);
    }

    @Test
    void eachSingleEventIsKept() throws Exception {
        tell("error", 0, "box1", "0x00240000", NOON);
        tell("error", 0, "box1", "0x00240000", NOON);
        assertThat(viewer.list(ALL)).extracting(it -> it.get("kind")).containsExactly("EVENT", "EVENT");
    }

    @Test
    void eventsAreFiltered() throws Exception {
        tell("alarm", 0, "box1", "0x00240001", NOON);
        tell("alarm", 2, "box2", "0x00240002", NOON);
        tell("error", 2, "100%_box", "0x00240003", NOON);
        assertThat(viewer.list(Map.of("severity", 1L))).hasSize(2);
        assertThat(viewer.list(Map.of("open", true))).hasSize(2);
        assertThat(viewer.list(Map.of("text", "BOX2"))).hasSize(1);
        assertThat(viewer.list(Map.of("text", "%_b"))).hasSize(1);
        assertThat(viewer.list(Map.of("text", "\\"))).isEmpty();
        long newest = (Long) viewer.list(ALL).get(0).get("id");
        assertThat(viewer.list(Map.of("before", newest))).hasSize(2);
    }

    @Test
    void whoAcknowledgesIsShownToAllUntilItGetsWorse() throws Exception {
        Viewer other = viewer("Bob");
        tell("alarm", 1, "box1", "0x00240001", NOON);
        long id = (Long) viewer.list(ALL).get(0).get("id");
        other.list(ALL);
        assertThat(viewer.ask("Acknowledge", Map.of("id", id))).containsEntry("ok", true);
        assertThat(other.news()).containsEntry("acknowledgedBy", "Alice");
        assertThat(other.ask("Acknowledge", Map.of("id", id))).containsEntry("ok", false);
        tell("alarm", 1, "box1", "0x00240001", NOON);
        assertThat(other.news()).containsEntry("acknowledgedBy", "Alice");
        tell("alarm", 2, "box1", "0x00240001", NOON);
        assertThat(other.news()).containsEntry("acknowledgedBy", "");
    }

    @Test
    void aPageThatIsClosedIsSentNothing() throws Exception {
        viewer.list(ALL);
        viewer.close(1000, "");
        tell("alarm", 1, "box1", "0x00240001", NOON);
        assertThat(viewer.sent).isEmpty();
    }

    @Test
    void anAnswerFitsIntoAMessage() throws Exception {
        String large = "ü".repeat(5000);
        for (int i = 0; i < 30; i++) {
            String body = json("error", 1, "box" + i, "0x00240000", NOON)
                    .replace("\"details\":\"\"", "\"details\":\"" + large + "\"");
            assertThat(platform.post(TestPlatform.PASSWORD, body)).startsWith("200");
        }
        Map<String, Object> answer = viewer.ask("List", ALL);
        assertThat(answer.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(65_535);
        assertThat(answer).containsEntry("more", true);
        assertThat((List<?>) answer.get("events")).hasSizeGreaterThan(5);
    }

    @Test
    void whatIsOldIsForgottenButNotWhatIsActive() throws Exception {
        tell("alarm", 2, "box1", "0x00240001", NOON);
        tell("error", 2, "box1", "0x00240002", NOON);
        platform.now = platform.now.plus(Duration.ofDays(32));
        platform.runTimer();
        assertThat(viewer.list(ALL)).extracting(it -> it.get("code")).containsExactly("0x00240001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json",
                "[]",
                "{}",
                "{\"type\":\"party\",\"severity\":1,\"code\":\"1\",\"date\":1,\"text\":\"x\"}",
                "{\"type\":\"alarm\",\"severity\":7,\"code\":\"1\",\"date\":1,\"text\":\"x\"}",
                "{\"type\":\"alarm\",\"severity\":1,\"code\":\"\",\"date\":1,\"text\":\"x\"}",
                "{\"type\":\"alarm\",\"severity\":1,\"code\":\"1\",\"date\":\"now\",\"text\":\"x\"}",
                "{\"type\":\"alarm\",\"severity\":1,\"code\":\"1\",\"date\":1e15,\"text\":\"x\"}"
            })
    void whatIsNoEventIsRefused(String body) throws Exception {
        assertThat(platform.post(TestPlatform.PASSWORD, body))
                .startsWith("400 {\"result\": \"failed\", \"reason\": \"The ");
        assertThat(viewer.list(ALL)).isEmpty();
    }

    @Test
    void onlyThePasswordLetsInAndGuessingIsSlowedDown() throws Exception {
        String body = json("alarm", 1, "box1", "0x00240001", NOON);
        for (int i = 0; i < 20; i++) {
            assertThat(platform.post("guess" + i, body)).startsWith("401");
        }
        assertThat(platform.post(TestPlatform.PASSWORD, body)).startsWith("429");
        platform.now = platform.now.plusSeconds(61);
        assertThat(platform.post(TestPlatform.PASSWORD, body)).startsWith("200");
    }

    @Test
    void aSettingThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> new TestPlatform(Map.of("days", "many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("days=many");
    }

    @Test
    void thePageIsInItsJar() {
        assertThat(platform.files).containsEntry("/", "/web");
        assertThat(EventsApp.class.getResource("/web/index.html")).isNotNull();
        assertThat(EventsApp.class.getResource("/web/events.js")).isNotNull();
    }
}
