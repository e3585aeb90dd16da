package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import platform.db.api.BaseBackup;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Recovery;
import platform.db.api.WalCut;
import platform.db.api.WalSegment;
import platform.db.api.WalSource;

/** Archives a real server, and brings it back as it was. */
class PostgresRecoveryTest {

    private static final DatabaseSpec ACME = new DatabaseSpec("acme", "acme", "secret");

    private static final Path DATA = TestPostgres.newFolder();
    private static final Path KEPT = TestPostgres.newFolder();
    private static final WalSource NOWHERE = segment -> {
        throw new IOException("it is not there");
    };
    private static PostgresServer server;
    private static PostgresDatabases databases;
    private static PostgresWalArchive archive;
    private static BaseBackup base;

    private final PostgresRecovery recovery = new PostgresRecovery(server);
    private final List<WalSegment> replayed = new ArrayList<>();

    @BeforeAll
    static void archive() throws IOException {
        server = TestPostgres.newServer(DATA);
        server.start();
        databases = new PostgresDatabases(server);
        databases.createRole(ACME);
        databases.createDatabase(ACME);
        execute("CREATE TABLE note (id int PRIMARY KEY)");
        archive = new PostgresWalArchive(server, new Sessions(server));
        assertThat(archive.isOn()).isFalse();
        WalSegment first = archive.begin();
        WalCut before = archive.cut();
        try (OutputStream out = Files.newOutputStream(KEPT.resolve("base.tar"))) {
            base = archive.base(out);
        }
        assertThat(archive.cut().last()).isGreaterThan(before.last());
        assertThat(base.first()).isGreaterThanOrEqualTo(first);
        assertThat(base.bytes()).isPositive();
    }

    @AfterAll
    static void stop() {
        databases.close();
        server.close();
        TestPostgres.delete(DATA);
        TestPostgres.delete(KEPT);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(DATA.resolve("pgsql/recovery")).doesNotExist();
    }

    private static void execute(String sql) {
        try (Database database = databases.open(ACME);
                Connection connection = database.dataSource().getConnection()) {
            Rows.execute(connection, sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the platform does: takes all away, and keeps it. */
    private static WalCut keep() throws Exception {
        WalCut cut = archive.cut();
        Eventually.holds(
                "the segment is archived",
                () -> Files.exists(KEPT.resolve(cut.last().name()))
                        || archive.complete().contains(cut.last()));
        for (WalSegment segment : archive.complete()) {
            try (InputStream in = archive.open(segment)) {
                Files.copy(in, KEPT.resolve(segment.name()), StandardCopyOption.REPLACE_EXISTING);
            }
            archive.remove(segment);
        }
        return cut;
    }

    private Map<String, Long> rowsAt(Instant to, WalSegment last) throws IOException {
        try (InputStream in = Files.newInputStream(KEPT.resolve("base.tar"));
                Recovery.Recovered recovered = recovery.recover(
                        in,
                        new Recovery.Request(to, base.first(), last),
                        segment -> Files.newInputStream(KEPT.resolve(segment.name())),
                        replayed::add)) {
            return recovered.dumps().rows(ACME.database());
        }
    }

    @Test
    void aDatabaseComesBackAsItWasAtATime() throws Exception {
        execute("INSERT INTO note VALUES (1), (2)");
        Instant two = Instant.now();
        Thread.sleep(20);
        execute("INSERT INTO note VALUES (3)");
        // The server of the recovery has another password then.
        databases.changeOwnPassword();
        Instant three = Instant.now();
        WalCut cut = keep();
        assertThat(rowsAt(two, cut.last())).containsEntry("public.note", 2L);
        assertThat(rowsAt(three, cut.last())).containsEntry("public.note", 3L);
    }

    @Test
    void nothingIsCutAsLongAsNothingIsCommitted() throws Exception {
        execute("INSERT INTO note VALUES (100)");
        WalSegment last = keep().last();
        WalCut again = archive.cut();
        assertThat(again.last()).isEqualTo(last);
        execute("DELETE FROM note WHERE id = 100");
        assertThat(keep().last()).isGreaterThan(last);
        assertThat(archive.problem()).isEmpty();
        assertThat(archive.complete()).isEmpty();
    }

    @Test
    void aSegmentThatIsMissingEndsTheRecovery() throws Exception {
        WalCut cut = keep();
        Recovery.Request request = new Recovery.Request(cut.time(), base.first(), cut.last());
        try (InputStream in = Files.newInputStream(KEPT.resolve("base.tar"))) {
            assertThatThrownBy(() -> recovery.recover(in, request, NOWHERE, replayed::add))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("cannot be brought back: it is not there");
        }
    }

    @Test
    void whatIsNoBaseBackupIsRefused() {
        Recovery.Request request = new Recovery.Request(Instant.now(), base.first(), base.first());
        assertThatThrownBy(() ->
                        recovery.recover(new ByteArrayInputStream(new byte[1024]), request, NOWHERE, replayed::add))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("has no PG_VERSION");
    }

    @Test
    void whatAKilledPlatformHasLeftIsRemovedAtTheNextStart() throws Exception {
        WalCut cut = keep();
        Recovery.Request request = new Recovery.Request(cut.time(), base.first(), cut.last());
        try (InputStream in = Files.newInputStream(KEPT.resolve("base.tar"))) {
            WalSource nextStart = segment -> {
                awaitStandby();
                new PostgresRecovery(server);
                assertThat(DATA.resolve("pgsql/recovery")).doesNotExist();
                throw new IOException("it is over");
            };
            assertThatThrownBy(() -> recovery.recover(in, request, nextStart, replayed::add))
                    .hasMessageContaining("it is over");
        }
        assertThat(server.superuser().getConnection().isValid(5)).isTrue();
    }

    private static void awaitStandby() {
        try {
            Eventually.holds(
                    "the standby runs", () -> Files.exists(DATA.resolve("pgsql/recovery/data/postmaster.pid")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
