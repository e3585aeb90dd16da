package platform.core.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import platform.db.api.AccessEntry;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.ExtensionStatus;
import platform.db.api.Extensions;
import platform.db.api.GrantedAccess;
import platform.db.api.HostAccess;
import platform.db.api.LockWait;
import platform.db.api.Maintenance;
import platform.db.api.MaintenanceResult;
import platform.db.api.SqlConsole;
import platform.db.api.SqlRequest;
import platform.db.api.SqlResult;
import platform.db.api.TableStatus;

/** A server with the database {@code example.com_acme}; whatever is done with one that is "full" fails. */
final class FakeDatabases implements DatabaseStatistics, Maintenance, SqlConsole, HostAccess, Extensions {

    static final Instant SINCE = Instant.parse("2026-11-20T10:00:00Z");
    static final String ACME = "example.com_acme";

    final List<String> calls = new ArrayList<>();
    final List<AccessEntry> entries = new ArrayList<>();
    final CountDownLatch sleeping = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    SqlRequest request;
    SqlResult result = new SqlResult(
            List.of("n", "text"),
            List.of(List.of(Optional.of("1"), Optional.empty())),
            false,
            Optional.empty(),
            Duration.ofMillis(20));

    @Override
    public List<DatabaseStatus> databases() {
        return List.of(
                new DatabaseStatus(
                        ACME,
                        "embedded",
                        ACME,
                        7_500_000,
                        2,
                        Optional.of(0.991),
                        Optional.of(Duration.ofMillis(1500)),
                        1,
                        0,
                        2_000_000),
                new DatabaseStatus(
                        "manager", "embedded", "manager", 8_000_000, 0, Optional.empty(), Optional.empty(), 0, 0, 0),
                new DatabaseStatus(
                        "manager", "pg2", "manager", 9_000_000, 0, Optional.empty(), Optional.empty(), 0, 0, 0));
    }

    @Override
    public Map<String, String> away() {
        return Map.of("pg1", "Connection refused");
    }

    @Override
    public Optional<DatabaseStatus> database(String database) {
        return databases().stream().filter(it -> it.name().equals(database)).findFirst();
    }

    @Override
    public List<TableStatus> tables(String database) {
        return List.of(
                new TableStatus(
                        "public",
                        "files",
                        5_000_000,
                        1_000_000,
                        1000,
                        70,
                        Optional.of(400_000L),
                        Optional.of(100_000L),
                        Optional.of(SINCE),
                        Optional.empty()),
                new TableStatus(
                        "public",
                        "new",
                        8192,
                        0,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public List<LockWait> lockWaits(String database) {
        return List.of(
                new LockWait(42, List.of(43), "RowExclusiveLock", Optional.of("public.files"), Duration.ofSeconds(3)));
    }

    @Override
    public MaintenanceResult vacuum(String database, boolean full, Consumer<String> progress) {
        return done("vacuum " + database + (full ? " full" : ""), database, progress);
    }

    @Override
    public MaintenanceResult reindex(String database, boolean concurrently, Consumer<String> progress) {
        return done("reindex " + database + (concurrently ? " concurrently" : ""), database, progress);
    }

    @Override
    public MaintenanceResult tidy(String database, Duration most, Consumer<String> progress) {
        throw new UnsupportedOperationException();
    }

    private MaintenanceResult done(String call, String database, Consumer<String> progress) {
        calls.add(call);
        progress.accept("1 of 1: public.files");
        if (database.endsWith("full")) {
            throw new DatabaseException("5 bytes are missing");
        }
        return new MaintenanceResult(
                database, 1, List.of("public.new was skipped: in use"), 9_000_000, 7_500_000, Duration.ofSeconds(2));
    }

    @Override
    public SqlResult run(SqlRequest asked) {
        request = asked;
        if (asked.sql().contains("sleep")) {
            sleepUntilInterrupted();
        }
        if (asked.sql().contains("nothing")) {
            throw new DatabaseException("The server refuses the statement: there is nothing");
        }
        return result;
    }

    private void sleepUntilInterrupted() {
        sleeping.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            cancelled.countDown();
            throw new DatabaseException("The statement was cancelled", e);
        }
    }

    @Override
    public List<ExtensionStatus> list(String database) {
        return List.of(
                new ExtensionStatus("dblink", Optional.empty(), "1.2", false, false, "connect to other databases"),
                new ExtensionStatus("file_fdw", Optional.empty(), "1.0", false, true, "read files"),
                new ExtensionStatus("hstore", Optional.of("1.7"), "1.8", true, false, "pairs"));
    }

    @Override
    public void create(String database, String name) {
        calls.add("extension " + name + " in " + database);
        if (name.equals("dblink")) {
            throw new DatabaseException("the extension 'dblink' is not one that instances may have");
        }
    }

    @Override
    public GrantedAccess allow(String database, String cidr, Optional<Duration> lasts) {
        AccessEntry entry = new AccessEntry(database, database + "_ext", cidr, SINCE, lasts.map(SINCE::plus));
        Optional<String> password = entries.isEmpty() ? Optional.of("sesame") : Optional.empty();
        entries.add(entry);
        return new GrantedAccess(entry, password, 5433);
    }

    @Override
    public List<AccessEntry> deny(String database, Optional<String> cidr) {
        List<AccessEntry> gone = entries.stream()
                .filter(it -> it.database().equals(database)
                        && cidr.map(it.cidr()::equals).orElse(true))
                .toList();
        entries.removeAll(gone);
        return gone;
    }

    @Override
    public List<AccessEntry> list() {
        return List.copyOf(entries);
    }
}
