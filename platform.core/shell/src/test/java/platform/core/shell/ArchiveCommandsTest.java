package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.backup.api.TimeRestoreRequest;

/** The commands for restoring to any moment, as a script would call them. */
class ArchiveCommandsTest {

    private static final String ID = "acme@example.com";

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
        try (ShellSession session = new ShellSession(
                gogo.processor,
                () -> FakeGogo.ROOT,
                new SessionStreams(InputStream.nullInputStream(), out, err),
                null,
                false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void archivingIsSwitchedOnAndOffAndShown() {
        assertThat(run("backup:archive", "status")).isZero();
        assertThat(out()).containsPattern("Archiving +off").contains("nothing yet");
        assertThat(run("backup:archive", "on", "--to", "nas")).isZero();
        assertThat(out()).contains("to nas", "every 24h", "168h", "2026-11-27T08:30:00Z", "3 segments of 16 MB");
        assertThat(run("backup:archive", "on", "--to", "/mnt/x", "--every", "12h"))
                .isZero();
        assertThat(gogo.archive.status().setup().orElseThrow().every()).isEqualTo(Duration.ofHours(12));
        assertThat(gogo.archive.status().setup().orElseThrow().keep()).isEqualTo(Duration.ofDays(7));
        assertThat(run("backup:archive", "status", "-o", "json")).isZero();
        assertThat(out()).contains("\"target\":");
        assertThat(run("backup:archive", "off")).isZero();
        assertThat(gogo.archive.status().setup()).isEmpty();
    }

    @Test
    void whatHasEndedIsRemovedWhenThatIsMeant() {
        assertThat(run("backup:archive", "remove")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("Give --yes");
        assertThat(gogo.archive.removals).isZero();
        assertThat(run("backup:archive", "remove", "--yes")).isZero();
        assertThat(gogo.archive.removals).isEqualTo(1);
    }

    @Test
    void whatMakesNoSenseOrFailsIsSaid() {
        assertThat(run("backup:archive", "on")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("--to");
        assertThat(run("backup:archive", "off", "--to", "nas")).isEqualTo(ShellSession.USAGE);
        assertThat(run("backup:archive", "up")).isEqualTo(ShellSession.USAGE);
        assertThat(run("backup:archive", "on", "--to", "full")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("The target is full.");
        gogo.add("backup", new ArchiveCommands(null), "archive");
        assertThat(run("backup:archive", "status")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("There is no continuous archiving");
    }

    @Test
    void anInstanceIsRestoredToATimeAfterItsPlanWasShown() {
        assertThat(run("instance:restore", ID, "--to", "2026-11-27T09:30:00+01:00", "--plan"))
                .isZero();
        assertThat(out()).contains("in place of what it has now", "2026-11-27T08:30:00Z", "70.0 MB");
        assertThat(gogo.archive.restored).isEmpty();
        assertThat(run("instance:restore", ID, "--to", "2026-11-27T09:30:00+01:00"))
                .isZero();
        assertThat(out()).contains("70.0 MB").contains("acme@example.com is restored: 1,234 rows");
        assertThat(gogo.archive.restored)
                .containsExactly(new TimeRestoreRequest(ID, Instant.parse("2026-11-27T08:30:00Z"), Optional.empty()));
    }

    @Test
    void aTimeMayBeHowLongAgoItWas() {
        assertThat(run("instance:restore", ID, "--to", "-2h", "--as", "before@example.com"))
                .isZero();
        TimeRestoreRequest request = gogo.archive.restored.get(0);
        assertThat(request.to()).isCloseTo(Instant.now().minus(Duration.ofHours(2)), within(5, ChronoUnit.MINUTES));
        assertThat(request.as()).contains("before@example.com");
    }

    @Test
    void aTimeWithoutZoneOrArchiveIsRefused() {
        for (String time : List.of("yesterday", "2026-11-27T08:30:00", "-2x")) {
            assertThat(run("instance:restore", ID, "--to", time)).isEqualTo(ShellSession.USAGE);
            assertThat(err()).contains("is no time. Give one with its zone");
        }
        assertThat(run("instance:restore", ID)).isEqualTo(ShellSession.USAGE);
        assertThat(run("instance:restore", ID, "--to", "2025-11-27T08:30:00Z")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("There is no archive of that time.");
        assertThat(gogo.archive.restored).isEmpty();
    }
}
