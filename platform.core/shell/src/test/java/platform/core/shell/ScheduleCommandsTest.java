package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.backup.api.Retention;
import platform.backup.api.ScheduleSpec;

/** The commands for backups at their times, without a terminal, as a script would call them. */
class ScheduleCommandsTest {

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        SessionStreams streams = new SessionStreams(InputStream.nullInputStream(), out, err);
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

    private ScheduleSpec spec(String name) {
        return gogo.schedules.all.get(name).spec();
    }

    private void addNightly() {
        assertThat(run(
                        "backup:schedule",
                        "add",
                        "nightly",
                        "--to",
                        "/mnt/backups,away",
                        "--cron",
                        "30 2 * * *",
                        "--zone",
                        "Europe/Berlin",
                        "--window",
                        "4h",
                        "--overrun",
                        "cut",
                        "--keep",
                        "daily=7,weekly=4",
                        "--oldest",
                        "36h"))
                .as(err())
                .isZero();
    }

    @Test
    void aScheduleIsAddedWithWhatIsSaidAndDefaults() {
        addNightly();
        assertThat(out()).isEqualTo("Added the schedule nightly, due 2026-11-28T01:00:00Z.\n");
        assertThat(spec("nightly")).satisfies(it -> {
            assertThat(it.instances()).containsExactly("all");
            assertThat(it.targets()).containsExactly("/mnt/backups", "away");
            assertThat(it.cron()).isEqualTo("30 2 * * *");
            assertThat(it.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
            assertThat(it.window()).isEqualTo(Duration.ofHours(4));
            assertThat(it.cut()).isTrue();
            assertThat(it.makeUp()).isTrue();
            assertThat(it.retention()).isEqualTo(new Retention(0, 7, 4, 0));
            assertThat(it.oldest()).contains(Duration.ofHours(36));
        });
    }

    @Test
    void editingChangesWhatIsSaidOnly() {
        addNightly();
        ScheduleSpec before = spec("nightly");
        assertThat(run(
                        "backup:schedule",
                        "edit",
                        "nightly",
                        "--exclude",
                        "files@example.com,app:hello",
                        "--missed",
                        "skip"))
                .as(err())
                .isZero();
        assertThat(spec("nightly").exclude()).containsExactly("files@example.com", "app:hello");
        assertThat(spec("nightly").makeUp()).isFalse();
        assertThat(run(
                        "backup:schedule",
                        "edit",
                        "nightly",
                        "--exclude",
                        "none",
                        "--missed",
                        "run",
                        "--keep",
                        "daily=7,weekly=4"))
                .isZero();
        assertThat(spec("nightly")).isEqualTo(before);
        assertThat(run("backup:schedule", "edit", "nightly", "--oldest", "none", "--keep", "all=0", "--rolling", "5"))
                .isZero();
        assertThat(spec("nightly").oldest()).isEmpty();
        assertThat(spec("nightly").retention()).isEqualTo(Retention.EVERYTHING);
        assertThat(spec("nightly").rolling()).isEqualTo(5);
        assertThat(spec("nightly").drill()).isEmpty();
        assertThat(run("backup:schedule", "edit", "nightly", "--drill", "0 6 * * 0"))
                .isZero();
        assertThat(spec("nightly").drill()).contains("0 6 * * 0");
        assertThat(run("backup:schedule", "info", "nightly")).isZero();
        assertThat(out()).containsPattern("Drill +0 6 \\* \\* 0");
        assertThat(run("backup:schedule", "edit", "nightly", "--drill", "none")).isZero();
        assertThat(spec("nightly").drill()).isEmpty();
    }

    @Test
    void theyAreListedWithThoseThatAreUnusable() {
        addNightly();
        assertThat(run("backup:schedule", "list")).isZero();
        assertThat(out().lines().map(line -> line.replaceAll("  +", "|")))
                .containsExactly(
                        "SCHEDULE|CRON|ZONE|INSTANCES|TARGETS|NEXT|LAST|STATE",
                        "nightly|30 2 * * *|Europe/Berlin|all|/mnt/backups, away|2026-11-28T01:00:00Z",
                        "broken|UNUSABLE: The cron expression 'x' is not understood.");
        assertThat(run("backup:schedule", "list", "-o", "json")).isZero();
        JsonArray json = JsonParser.parseString(out()).getAsJsonArray();
        assertThat(json).hasSize(2);
        JsonObject first = json.get(0).getAsJsonObject();
        assertThat(first.get("zone").getAsString()).isEqualTo("Europe/Berlin");
        assertThat(first.get("window").getAsString()).isEqualTo("PT4H");
        assertThat(first.get("next").getAsString()).isEqualTo("2026-11-28T01:00:00Z");
    }

    @Test
    void aRunTellsItsStepsAndFailsWhenItIsNotComplete() {
        addNightly();
        assertThat(run("backup:schedule", "run", "nightly")).as(err()).isZero();
        assertThat(out()).isEqualTo("""
                acme@example.com complete, 5 bytes
                The schedule nightly is done: 1 of 1 backups are complete.
                """);
        run("backup:schedule", "add", "half", "--to", "/b");
        assertThat(run("backup:schedule", "run", "half")).isEqualTo(1);
        assertThat(err()).isEqualTo("Not every backup is complete. See backup:schedule info half.\n");
        assertThat(run("backup:schedule", "info", "half")).isZero();
        assertThat(out())
                .contains("Last run   of 2026-11-28T01:00:00Z: PARTIAL, 1 of 2\n")
                .contains(
                        "shop@example.com  2026-11-28T01:00:00Z  PARTIAL   3      never                 away: It is full.");
    }

    @Test
    void theNextTimesAreShownInUtcAndInItsZone() {
        addNightly();
        assertThat(run("backup:schedule", "next", "nightly", "--count", "2")).isZero();
        assertThat(out()).isEqualTo("""
                UTC                   Europe/Berlin
                2026-11-28T01:00:00Z  2026-11-28T02:00
                2026-11-29T01:00:00Z  2026-11-29T02:00
                """);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(run("backup:schedule", "add", "nightly")).isEqualTo(1);
        assertThat(err()).isEqualTo("The schedule names no target. Give one.\n");
        assertThat(run("backup:schedule", "edit", "broken", "--to", "/b")).isEqualTo(1);
        assertThat(err()).contains("The schedule broken is unusable: The cron expression");
        assertThat(run("backup:schedule", "run", "none", "--to", "/b")).isEqualTo(2);
        assertThat(run("backup:schedule", "add")).isEqualTo(2);
        assertThat(run("backup:schedule", "frob")).isEqualTo(2);
        assertThat(err()).contains("'frob' is no action. Use add, list, info, edit, remove, run, next.");
        assertThat(run("backup:schedule", "add", "x", "--zone", "Mars/Base")).isEqualTo(2);
        assertThat(err()).contains("'Mars/Base' is no time zone");
        assertThat(run("backup:schedule", "add", "x", "--to", "/b", "--keep", "hourly=3"))
                .isEqualTo(2);
        assertThat(err()).contains("not 'hourly'");
        assertThat(run("backup:schedule", "add", "x", "--to", "/b", "--overrun", "stop"))
                .isEqualTo(2);
        assertThat(err()).contains("--overrun is cut or end, not 'stop'.");
        assertThat(run("backup:schedule", "info", "none")).isEqualTo(1);
        assertThat(run("backup:schedule", "next", "none", "--count", "0")).isEqualTo(2);
        assertThat(run("backup:schedule", "remove", "none")).isEqualTo(1);
    }

    @Test
    void aScheduleIsRemoved() {
        addNightly();
        assertThat(run("backup:schedule", "remove", "nightly")).isZero();
        assertThat(out()).isEqualTo("Removed the schedule nightly. Its backups stay.\n");
        assertThat(gogo.schedules.all).isEmpty();
    }

    @Test
    void aDryRunOfACommandFileShowsItsLines() {
        assertThat(run("backup:command-file", "run", "http://10.0.0.1/f", "--dry-run"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("""
                LINE  STATUS   COMMAND                             DETAIL
                1     PASSED   mod cmd UP1 times
                2     WOULD    manager to http://10.0.0.1/manager
                4     UNKNOWN  reset                               It is no command.
                """);
        assertThat(run("backup:command-file", "run", "http://10.0.0.1/f")).isEqualTo(1);
        assertThat(out()).contains("Line 2 FAILED manager to http://10.0.0.1/manager: It is full.\n");
        assertThat(err()).isEqualTo("Not every line could be done.\n");
        assertThat(run("backup:command-file", "run", "http://10.0.0.1/f", "--dry-run", "-o", "json"))
                .isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonObject().get("steps").getAsJsonArray())
                .hasSize(3);
    }

    @Test
    void aCommandFileIsSetAndSwitchedOff() {
        assertThat(run("backup:command-file", "set", "http://10.0.0.1/f", "--interval", "1h"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("""
                The command file is fetched from now on.
                URL       http://10.0.0.1/f
                Interval  1h
                Next      2026-11-27T12:00:00Z
                Last run  2026-11-27T12:00:00Z
                Problem   Line 4, reset: It is no command.
                """);
        assertThat(run("backup:command-file", "off")).isZero();
        assertThat(run("backup:command-file", "status")).isZero();
        assertThat(out()).startsWith("URL       off\nInterval  15m\n");
    }

    @Test
    void anAddressThatIsNoneIsNotShownInTheMessage() {
        assertThat(run("backup:command-file", "run", "http://joe:secret@h/ x")).isEqualTo(2);
        assertThat(err()).contains("The address is not understood").doesNotContain("secret");
        assertThat(run("backup:command-file", "run", "file:///etc/passwd")).isEqualTo(1);
        assertThat(err()).contains("Give one that begins with http://");
        assertThat(run("backup:command-file", "set")).isEqualTo(2);
        assertThat(run("backup:command-file", "set", "http://h/", "--dry-run")).isEqualTo(2);
        assertThat(run("backup:command-file", "frob")).isEqualTo(2);
    }
}
