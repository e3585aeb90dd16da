package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.AccessScope;
import platform.core.api.Audit;
import platform.core.api.AuditCheck;
import platform.core.api.AuditEntry;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What of logins comes into the audit. */
class LoginAuditTest {

    private static final Caller ANNA =
            new Caller("anna", Role.VIEWER, AccessScope.EVERYTHING, Caller.Origin.CONSOLE, "192.0.2.7");

    private final Fakes.FakeClock clock = new Fakes.FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final ListedAudit audit = new ListedAudit();
    private final LoginAudit notes = new LoginAudit(audit, Runnable::run, clock);
    private InetAddress elsewhere;

    @BeforeEach
    void address() throws IOException {
        elsewhere = InetAddress.getByName("192.0.2.7");
    }

    private void refuse(String user) {
        notes.refused(user, Caller.Origin.REST, elsewhere, "password", "wrong user or password");
    }

    @Test
    void whoComesIsNotedOnceUntilHeHasBeenAway() {
        notes.entered(ANNA, "password");
        clock.advance(LoginAudit.PERIOD.dividedBy(2));
        notes.entered(ANNA, "password");
        clock.advance(LoginAudit.PERIOD.dividedBy(2));
        notes.entered(ANNA, "password");
        assertThat(audit.lines).containsExactly("anna console 192.0.2.7 console:login password: done");

        clock.advance(LoginAudit.PERIOD);
        notes.entered(ANNA, "password");
        assertThat(audit.lines).hasSize(2);
    }

    @Test
    void whoComesFromAnotherAddressIsNotedAgain() {
        notes.entered(ANNA, "password");
        notes.entered(new Caller("anna", ANNA.role(), ANNA.scope(), Caller.Origin.CONSOLE, "192.0.2.99"), "password");
        notes.entered(new Caller("anna", ANNA.role(), ANNA.scope(), Caller.Origin.REST, "192.0.2.7"), "password");
        assertThat(audit.lines).hasSize(3);
    }

    @Test
    void aRefusalIsNotedWithAVisibleName() {
        refuse("root\n\u001b[31mü" + "x".repeat(1000));
        assertThat(audit.lines)
                .containsExactly("root??[31m?" + "x".repeat(21)
                        + " rest 192.0.2.7 rest:login password: refused: wrong user or password");
    }

    @Test
    void aFloodOfRefusalsIsSummedUp() throws IOException {
        for (int i = 0; i < LoginAudit.SINGLE + 200; i++) {
            refuse("user" + i);
        }
        notes.unseen(Caller.Origin.REST, InetAddress.getByName("192.0.2.8"));
        assertThat(audit.lines).hasSize(LoginAudit.SINGLE);

        notes.sumUp();

        assertThat(audit.lines)
                .hasSize(LoginAudit.SINGLE + 1)
                .last()
                .isEqualTo("many rest 2 addresses rest:login 192.0.2.7: 200, 192.0.2.8: 1: refused: in sum 201 more,"
                        + " see the log");
        notes.sumUp();
        assertThat(audit.lines).as("nothing more has come").hasSize(LoginAudit.SINGLE + 1);
        refuse("anna");
        assertThat(audit.lines).last().asString().startsWith("anna ");
    }

    @Test
    void aFloodFromEverywhereTakesBoundedMemory() throws IOException {
        for (int i = 0; i < 5000; i++) {
            elsewhere = InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i});
            refuse("x");
        }
        notes.sumUp();
        assertThat(audit.lines)
                .last()
                .asString()
                .contains("1001 addresses", "others: 3990", "4990 more")
                .hasSizeLessThan(500);
    }

    @Test
    void anAuditThatCannotBeWrittenKeepsNobodyOut() {
        audit.broken = true;
        notes.entered(ANNA, "password");
        refuse("anna");
        assertThat(audit.lines).isEmpty();
    }

    /** Remembers each end and refusal in a line. */
    private static final class ListedAudit implements Audit {

        private final List<String> lines = new ArrayList<>();
        private boolean broken;

        @Override
        public long begin(AuditEvent event) {
            if (broken) {
                throw PlatformException.failed("The audit cannot be written.", null);
            }
            return 1;
        }

        @Override
        public void end(long number, AuditEvent event, String result, String before, String after) {
            Caller caller = event.caller();
            lines.add(String.join(" ", caller.user(), caller.origin().toString(), caller.from(), event.action()) + " "
                    + event.arguments() + ": " + result);
        }

        @Override
        public void refuse(AuditEvent event, String reason) {
            end(begin(event), event, "refused: " + reason, "", "");
        }

        @Override
        public List<AuditEntry> list(Instant since, int limit, String word) {
            throw new AssertionError("Nobody reads it");
        }

        @Override
        public void export(Instant since, Consumer<AuditEntry> reader) {
            throw new AssertionError("Nobody reads it");
        }

        @Override
        public AuditCheck verify() {
            throw new AssertionError("Nobody reads it");
        }
    }
}
