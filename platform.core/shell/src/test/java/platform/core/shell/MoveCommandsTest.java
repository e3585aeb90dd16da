package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands that move instances, as a script would call them. */
class MoveCommandsTest {

    private static final String ID = "acme@example.com";

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String ticket = "good\n";

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        ByteArrayInputStream in = new ByteArrayInputStream(ticket.getBytes(StandardCharsets.UTF_8));
        try (ShellSession session =
                new ShellSession(gogo.processor, () -> FakeGogo.ROOT, new SessionStreams(in, out, err), null, false)) {
            return session.call(List.of(command));
        }
    }

    @Test
    void aTicketIsGivenOnce() {
        assertThat(run("instance:accept-move")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("the-ticket", "2026-11-28T08:30:00Z");
        assertThat(run("instance:accept-move", "--as", "x@example.org", "--valid", "15m", "-o", "json"))
                .isZero();
        assertThat(gogo.moves.calls).containsExactly("accept  PT1H", "accept x@example.org PT15M");
    }

    @Test
    void anInstanceIsMovedWhenThatIsMeant() {
        assertThat(run("instance:move", ID, "--to", "https://far:8443", "--dry-run"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1,000.0 MB", "for the last of its changes");
        assertThat(run("instance:move", ID, "--to", "https://far:8443")).isEqualTo(ShellSession.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Give --yes");
        assertThat(gogo.moves.calls).isEmpty();
        assertThat(run("instance:move", ID, "--to", "https://far:8443", "--yes"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("is at https://far/acme/ now: 1,234 rows", "1.5 s");
        assertThat(gogo.moves.calls).containsExactly("move MoveRequest[" + ID + " to https://far:8443]");
    }

    @Test
    void whatIsInTheWayIsSaid() {
        assertThat(run("instance:move", ID, "--to", "https://full", "--yes")).isEqualTo(ShellSession.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
                .contains("It has large objects.", "It needs more room.");
        ticket = "bad";
        assertThat(run("instance:move", ID, "--to", "https://far", "--yes")).isEqualTo(ShellSession.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("The ticket is not known");
        assertThat(gogo.moves.calls).isEmpty();
    }

    @Test
    void aMoveIsGivenUpOrTakenBack() {
        assertThat(run("instance:move", ID)).isEqualTo(ShellSession.USAGE);
        assertThat(run("instance:move", ID, "--abort", "--to", "https://far")).isEqualTo(ShellSession.USAGE);
        assertThat(run("instance:move", ID, "--abort")).isZero();
        assertThat(run("instance:move", ID, "--abort", "--yes")).isZero();
        assertThat(gogo.moves.calls).containsExactly("take back " + ID + " false", "take back " + ID + " true");
    }
}
