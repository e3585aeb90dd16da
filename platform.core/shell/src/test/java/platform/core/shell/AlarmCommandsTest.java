package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AccessScope;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Caller;
import platform.core.api.Role;
import platform.core.api.SinkSetup;

/** The commands for alarms, as a script would call them. */
class AlarmCommandsTest {

    private static final String QUOTA = "acme@example.com/quota";

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        SessionStreams streams = new SessionStreams(in, out, err);
        try (ShellSession session = new ShellSession(gogo.processor, () -> FakeGogo.ROOT, streams, null, false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonArray list() {
        return JsonParser.parseString(out()).getAsJsonArray();
    }

    private void raise(String source, String fix) {
        gogo.alarms.raise(new AlarmSpec(source, "broken", AlarmSeverity.MINOR, "It is broken", fix));
    }

    @Test
    void alarmsAreListedWithWhatHelps() {
        assertThat(run("alarm:list")).isZero();
        assertThat(out()).isEqualTo("""
            ALARM                   SEVERITY  FIRST                 LAST                  COUNT  ACK  TEXT                  FIX
            acme@example.com/quota  MAJOR     2026-11-20T10:00:00Z  2026-11-20T10:00:00Z  1           The quota is used up  instance:edit acme@example.com --set quota=20G
            """);
        assertThat(run("alarm:list", "-o", "json")).isZero();
        JsonObject alarm = list().get(0).getAsJsonObject();
        assertThat(alarm.get("id").getAsString()).isEqualTo(QUOTA);
        assertThat(alarm.get("fix").getAsJsonArray()).hasSize(4);
        assertThat(alarm.has("cleared")).isFalse();
    }

    @Test
    void alarmsAreFilteredBySourceAndSeverity() {
        raise("platform", "");
        assertThat(run("alarm:list", "--source", "platform", "-o", "json")).isZero();
        assertThat(list()).hasSize(1);
        assertThat(run("alarm:list", "--severity", "major", "-o", "json")).isZero();
        assertThat(list()).hasSize(1);
        assertThat(run("alarm:list", "--severity", "bad")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("use warning, minor, major or critical");
    }

    @Test
    void anAlarmIsShownWithItsCause() {
        gogo.alarms.raise(new AlarmSpec(
                "platform", "full", AlarmSeverity.MAJOR, "It is full", "Logs grow.", List.of("platform:disk")));
        assertThat(run("alarm:info", "platform/full")).isZero();
        assertThat(out()).contains("Logs grow.").contains("alarm:fix platform/full");
        assertThat(run("alarm:info", QUOTA)).isZero();
        assertThat(out()).contains("instance:edit").doesNotContain("alarm:fix");
    }

    @Test
    void aClearedAlarmIsInTheHistoryAndNowhereElse() {
        assertThat(run("alarm:clear", QUOTA)).isZero();
        assertThat(out()).isEqualTo("Cleared acme@example.com/quota.\n");
        assertThat(run("alarm:list", "-o", "json")).isZero();
        assertThat(out()).isEqualTo("[]\n");
        assertThat(run("alarm:history", "-o", "json")).isZero();
        assertThat(out()).contains("\"cleared\": \"2026-11-20T11:00:00Z\"");
        assertThat(run("alarm:history", "--source", "platform", "-o", "json")).isZero();
        assertThat(out()).isEqualTo("[]\n");
        assertThat(run("alarm:history", "--since", "1s", "-o", "json")).isZero();
        assertThat(out()).isEqualTo("[]\n");
        assertThat(run("alarm:history", "--limit", "0", "-o", "json")).isZero();
        assertThat(out()).isEqualTo("[]\n");
    }

    @Test
    void anAlarmIsAcknowledged() {
        assertThat(run("alarm:ack", QUOTA)).isZero();
        assertThat(out()).isEqualTo("Acknowledged acme@example.com/quota.\n");
        assertThat(run("alarm:list")).isZero();
        assertThat(out()).contains("1      somebody  The quota");
    }

    @Test
    void anAlarmThatIsNotThereCannotBeCleared() {
        assertThat(run("alarm:clear", "platform/gone")).isNotZero();
        assertThat(err()).contains("There is no active alarm").contains("alarm:list");
        assertThat(run("alarm:clear", "gone")).isNotZero();
        assertThat(err()).contains("Use source/code");
        assertThat(run("alarm:history", "--limit", "-1")).isNotZero();
        assertThat(err()).contains("Give a number from 0");
    }

    @Test
    void aHarmlessFixIsRun() {
        raise("acme@example.com", "platform:disk");
        assertThat(run("alarm:fix", "acme@example.com/broken")).isZero();
        assertThat(out()).contains("Running platform:disk").contains("Level").contains("LOW");
    }

    @Test
    void aCommandsOwnChecksHoldForAFix() {
        raise("platform", "instance:start nobody@example.com");
        assertThat(run("alarm:fix", "platform/broken")).isNotZero();
        assertThat(err()).contains("nobody@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance:delete acme@example.com --yes",
                "instance:start beta@example.org",
                "instance:start --help",
                "backup:schedule remove nightly",
                "certificate:obtain HOST",
                "platform:disk;platform:shutdown",
                "platform:disk | gogo:cat",
                "felix:install file:///tmp/evil.jar"
            })
    void anyOtherFixIsOnlyShown(String fix) {
        raise("acme@example.com", fix);
        assertThat(run("alarm:fix", "acme@example.com/broken")).isNotZero();
        assertThat(err()).contains("is not run by itself").contains(fix);
    }

    private String fix(Role role, String scope) {
        Caller caller = new Caller("carl", role, AccessScope.parse(scope), Caller.Origin.REST, "127.0.0.1");
        AlarmInfo alarm = gogo.alarms.active().stream()
                .filter(it -> it.code().equals("broken"))
                .findFirst()
                .orElseThrow();
        return new AlarmFixRunner(gogo.processor).run(alarm, caller);
    }

    @Test
    void aFixIsRunForWhoHasNoShell() {
        raise("acme@example.com", "platform:disk");
        assertThat(fix(Role.OPERATOR, "everything")).contains("Level").contains("LOW");
    }

    @Test
    void aFixIsRunWithTheRightsOfWhoAsksForIt() {
        gogo.instances.with("acme@example.com", "files");
        raise("acme@example.com", "instance:start acme@example.com");
        assertThatThrownBy(() -> fix(Role.VIEWER, "everything")).hasMessageContaining("this takes the role operator");
        assertThatThrownBy(() -> fix(Role.OPERATOR, "*@elsewhere.example"))
                .hasMessageContaining("outside of your scope");
        fix(Role.OPERATOR, "*@example.com");
        assertThat(gogo.audit.entries.toString()).contains("carl").contains("instance:start");
    }

    @Test
    void aFixThatCouldDoHarmIsRunForNobody() {
        raise("acme@example.com", "instance:delete acme@example.com --yes");
        assertThatThrownBy(() -> fix(Role.ADMINISTRATOR, "everything")).hasMessageContaining("is not run by itself");
    }

    @Test
    void anAlarmWithoutAFixSaysSo() {
        raise("platform", "");
        assertThat(run("alarm:fix", "platform/broken")).isNotZero();
        assertThat(err()).contains("has no fix");
    }

    @Test
    void aSinkIsAddedListedTestedAndRemoved() {
        in = new ByteArrayInputStream("secret\n".getBytes(StandardCharsets.UTF_8));
        String address = "smtp://me@mail.example.com:587";
        assertThat(run(
                        "alarm:sink",
                        "add",
                        "mail",
                        address,
                        "--password=-",
                        "--severity=major",
                        "--repeat=2h",
                        "--from=me@example.com",
                        "--to=you@example.com",
                        "--to=them@example.com"))
                .isZero();
        assertThat(out()).contains("alarm:sink test mail");
        assertThat(gogo.alarmSinks.added)
                .containsExactly(new SinkSetup(
                        "mail",
                        address,
                        Optional.of("secret"),
                        Optional.empty(),
                        AlarmSeverity.MAJOR,
                        Optional.of(Duration.ofHours(2)),
                        Optional.of("me@example.com"),
                        List.of("you@example.com", "them@example.com")));
        assertThat(run("alarm:sink", "list")).isZero();
        assertThat(out())
                .contains("MAJOR     120m    3        The server is away")
                .doesNotContain("secret");
        assertThat(run("alarm:sink", "test", "mail")).isZero();
        assertThat(out()).isEqualTo("Sent. HTTP 200: {\"result\":\"ok\"}\n");
        assertThat(run("alarm:sink", "remove", "mail")).isZero();
        assertThat(gogo.alarmSinks.added).isEmpty();
    }

    @Test
    void aSinkNeedsWhatItsActionNeeds() {
        assertThat(run("alarm:sink", "add", "noc")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("ADDRESS");
        assertThat(run("alarm:sink", "list", "--password=x")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("go with add only");
        assertThat(run("alarm:sink", "shake")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("Use add, list, test or remove");
    }
}
