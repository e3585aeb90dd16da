package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AuditEntry;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;

/** The audit, and what it finds when somebody has tampered with the database. */
class AuditChainTest {

    private static final AuditEvent STOP =
            new AuditEvent(Caller.local("root"), "instance:stop", "acme@example.com", "acme@example.com");

    @TempDir
    static Path secrets;

    private static final Databases DATABASES = TestPostgres.databases();
    private static ManagerDatabase database;

    private final Fakes.FakeClock clock = new Fakes.FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
    private AuditChain audit;

    @BeforeAll
    static void openDatabase() {
        database = new ManagerDatabase(new Secrets(secrets), DATABASES, Fakes.MIGRATIONS);
    }

    @AfterAll
    static void removeDatabase() {
        database.close();
        DATABASES.dropDatabase(ManagerDatabase.NAME);
        DATABASES.dropRole(ManagerDatabase.NAME);
    }

    @BeforeEach
    void threeActions() throws IOException {
        tamper("DELETE FROM audit");
        Files.deleteIfExists(secrets.resolve("audit.anchor"));
        open();
        audit.end(audit.begin(STOP), STOP, "done", "state=RUNNING", "state=STOPPED");
        audit.refuse(STOP, "it takes an operator");
        audit.end(audit.begin(STOP), STOP, "failed: it hangs", "", "");
        assertThat(findings()).isEmpty();
    }

    private void open() {
        audit = new AuditChain(new AuditTables(database.tables()), new Secrets(secrets), Duration.ofDays(400), clock);
    }

    private static void tamper(String sql) {
        database.tables().transact("tamper", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private List<String> findings() {
        return audit.verify().findings();
    }

    @Test
    void listsWhatWasDoneWithItsResultTheNewestFirst() {
        assertThat(audit.list(Instant.EPOCH, 10, ""))
                .extracting(AuditEntry::number, AuditEntry::result)
                .containsExactly(
                        tuple(4L, "failed: it hangs"), tuple(3L, "refused: it takes an operator"), tuple(1L, "done"));
        AuditEntry first = audit.list(Instant.EPOCH, 10, "").get(2);
        assertThat(first.event()).isEqualTo(STOP);
        assertThat(first.before()).isEqualTo("state=RUNNING");
        assertThat(audit.list(Instant.EPOCH, 1, "")).hasSize(1);
        assertThat(audit.list(Instant.EPOCH, 10, "ACME")).hasSize(3);
        assertThat(audit.list(Instant.EPOCH, 10, "beta'; DROP TABLE audit")).isEmpty();
        assertThat(audit.list(clock.instant().plusSeconds(1), 10, "")).isEmpty();
    }

    @Test
    void whatWasTypedUntilTheEndIsShownAndFound() {
        AuditEvent sql = new AuditEvent(Caller.local("root"), "db:sql", "acme@example.com", "acme@example.com");
        AuditEvent typed =
                new AuditEvent(sql.caller(), sql.action(), "acme@example.com DROP TABLE invoices", sql.target());
        audit.end(audit.begin(sql), typed, "done", "", "");

        assertThat(audit.list(Instant.EPOCH, 10, "drop table"))
                .singleElement()
                .extracting(AuditEntry::event)
                .isEqualTo(typed);
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatWasCutOffHasNoEnd() {
        audit.begin(STOP);
        open();

        assertThat(audit.list(Instant.EPOCH, 1, "").get(0).result()).isEqualTo("begun");
        assertThat(findings()).isEmpty();
    }

    @Test
    void exportsAllAsItIsKept() {
        List<AuditEntry> entries = new ArrayList<>();
        audit.export(Instant.EPOCH, entries::add);

        assertThat(entries).extracting(AuditEntry::number).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(entries.get(1).ends()).isEqualTo(OptionalLong.of(1));
        assertThat(entries.get(1).hash())
                .isEqualTo(AuditTables.hash(entries.get(0).hash(), entries.get(1)));
    }

    @Test
    void findsAnEntryThatWasChanged() {
        for (String column : List.of("account", "action", "arguments", "target", "result", "before", "source")) {
            tamper("UPDATE audit SET " + column + " = " + column + " || 'x' WHERE number = 2");
            assertThat(findings()).as(column).containsExactly("Entry 2 was changed, or put into the place of another.");
            tamper("UPDATE audit SET " + column + " = rtrim(" + column + ", 'x') WHERE number = 2");
            assertThat(findings()).as(column).isEmpty();
        }
        tamper("UPDATE audit SET at = at + interval '1 ms', ends = 3 WHERE number = 4");
        assertThat(findings()).hasSize(1);
    }

    @Test
    void findsAnEntryThatWasRemoved() {
        tamper("DELETE FROM audit WHERE number = 3");
        assertThat(findings()).containsExactly("Entry 3 is missing.");
    }

    @Test
    void findsEntriesThatWereSwapped() {
        tamper("UPDATE audit SET number = CASE number WHEN 2 THEN -4 ELSE -2 END WHERE number IN (2, 4)");
        tamper("UPDATE audit SET number = -number WHERE number < 0");
        assertThat(findings()).as("both, and those that follow them").hasSize(4);
    }

    @Test
    void findsABeginningThatWasCutOff() {
        tamper("DELETE FROM audit WHERE number <= 2");
        assertThat(findings()).containsExactly("Entries 1 to 2 are missing.");
    }

    @Test
    void findsAnEndThatWasCutOffAlsoWhenMoreWasWrittenSince() {
        tamper("DELETE FROM audit WHERE number >= 4");
        assertThat(findings()).containsExactly("Entries 4 to 5 are missing.");
        open();
        audit.refuse(STOP, "again");
        assertThat(findings()).containsExactly("Entries 4 to 5 are missing.");
        tamper("DELETE FROM audit");
        assertThat(findings()).containsExactly("Entries 1 to 6 are missing.");
    }

    @Test
    void findsAChainThatWasMadeUp() {
        String anchor = read();
        tamper("UPDATE audit SET account = 'somebody else' WHERE number = 5");
        List<AuditEntry> entries = new ArrayList<>();
        audit.export(Instant.EPOCH, entries::add);
        String hash = AuditTables.hash(entries.get(3).hash(), entries.get(4));
        tamper("UPDATE audit SET hash = '" + hash + "' WHERE number = 5");

        assertThat(findings()).singleElement().asString().contains("Entry 5 is not the one that was written last");
        assertThat(read()).isEqualTo(anchor);
    }

    private static String read() {
        return new Secrets(secrets).getOrKeep("audit.anchor", () -> "");
    }

    @Test
    void aCrashBetweenTheDatabaseAndTheAnchorIsNoFault() throws IOException {
        String before = read();
        audit.refuse(STOP, "again");
        Files.writeString(secrets.resolve("audit.anchor"), before);
        open();

        assertThat(findings()).isEmpty();
        audit.refuse(STOP, "and again");
        assertThat(findings()).isEmpty();
        assertThat(audit.verify().last()).isEqualTo(7);
    }

    @Test
    void theOldestAreRemovedAndTheRestIsStillWhole() {
        clock.advance(Duration.ofDays(300));
        audit.refuse(STOP, "later");
        audit.removeOld();
        assertThat(audit.verify().first()).isEqualTo(1);

        clock.advance(Duration.ofDays(101));
        audit.removeOld();
        open();
        audit.refuse(STOP, "much later");

        assertThat(audit.verify().first()).isEqualTo(6);
        assertThat(audit.verify().last()).isEqualTo(8);
        assertThat(findings()).isEmpty();
        tamper("DELETE FROM audit WHERE number = 6");
        assertThat(findings()).containsExactly("Entry 6 is missing.");
    }

    @Test
    void aRemovalIsNotedOnceADay() {
        assertThat(audit.verify().beginning()).isEmpty();
        clock.advance(Duration.ofDays(401));
        audit.removeOld();
        audit.removeOld();
        clock.advance(Duration.ofHours(5));
        audit.removeOld();

        AuditEntry removal = audit.list(Instant.EPOCH, 10, "audit:expire").get(0);
        assertThat(audit.list(Instant.EPOCH, 10, "")).containsExactly(removal);
        assertThat(removal.event().caller().user()).isEqualTo("platform");
        assertThat(removal.event().arguments())
                .isEqualTo("removed 5 entries, up to 5, from before 2026-11-21T00:00:00Z: they are kept for 400 days");
        assertThat(removal.result()).isEqualTo("done");
        assertThat(audit.verify().beginning())
                .startsWith("What was before was removed for its age. Entry 6 of 2027-12-26T10:00:00Z: removed 5");
        open();
        assertThat(findings()).isEmpty();
    }

    @Test
    void aNegativeNumberOfDaysRemovesNothing() {
        audit = new AuditChain(new AuditTables(database.tables()), new Secrets(secrets), AuditChain.keep(-3), clock);
        clock.advance(Duration.ofDays(5000));
        audit.removeOld();

        assertThat(audit.list(Instant.EPOCH, 10, "")).hasSize(3);
        assertThat(audit.verify().first()).isEqualTo(1);
    }

    @Test
    void aRemovalByAnOlderVersionIsNotedNowhere() {
        AuditEntry third = audit.list(Instant.EPOCH, 10, "").get(1);
        new AuditAnchor(new AuditLink(third.number(), third.hash()), AuditLink.parse(read().split(" ")[1]))
                .write(new Secrets(secrets));
        open();

        assertThat(audit.verify().beginning()).endsWith("No entry says when.");
    }

    @Test
    void aRemovalThatWasCutOffIsCompleted() {
        AuditEntry third = audit.list(Instant.EPOCH, 10, "").get(1);
        AuditLink last = AuditLink.parse(read().split(" ")[1]);
        new AuditAnchor(new AuditLink(third.number(), third.hash()), last).write(new Secrets(secrets));
        open();

        assertThat(findings()).isEmpty();
        audit.removeOld();
        assertThat(audit.list(Instant.EPOCH, 10, "")).hasSize(1);
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatIsVeryLongIsCut() {
        audit.refuse(new AuditEvent(Caller.local("root"), "db:sql", "ü".repeat(30_000), ""), "x");

        assertThat(audit.list(Instant.EPOCH, 1, "").get(0).event().arguments())
                .hasSizeLessThan(20_100)
                .endsWith("… (30000 characters)");
        assertThat(findings()).isEmpty();
    }

    @Test
    void textThatPostgresqlDoesNotKeepIsReplaced() {
        audit.refuse(new AuditEvent(Caller.local("root"), "db:sql", "a\0b", ""), "x");
        assertThat(findings()).isEmpty();
        assertThat(audit.list(Instant.EPOCH, 1, "").get(0).event().arguments()).isEqualTo("a\uFFFDb");
    }
}
