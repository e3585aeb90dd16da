package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.UpgradePlan;
import platform.db.api.UpgradeResult;

/**
 * Upgrades the server. Both versions run at once, at ports of their own that only the superuser may enter, so that nobody writes
 * into the one while it is copied into the other. All that is new lies in a folder of its own until {@link ClusterSwitch} lets
 * it take the former one's place.
 */
final class PostgresUpgrade implements DatabaseUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresUpgrade.class);

    /** What the write-ahead log and the server's own tables take, and then some. */
    private static final long RESERVE = 256L << 20;

    private final PostgresServer server;
    private final PostgresFolders folders;
    private final PostgresVersions versions;
    private final ClusterSwitch change;
    private final LongSupplier freeBytes;

    PostgresUpgrade(PostgresServer server, Clock clock, LongSupplier freeBytes) {
        this.server = server;
        this.folders = server.folders();
        this.versions = new PostgresVersions(folders);
        this.change = new ClusterSwitch(folders, clock);
        this.freeBytes = freeBytes;
    }

    private String major() {
        return server.cluster().binaries().major();
    }

    private PostgresVersions.Runnable newer(Optional<Path> binaries) {
        PostgresVersions.Runnable next =
                binaries.map(source -> versions.take(source, major())).orElseGet(versions::bundled);
        if (Integer.parseInt(next.major()) <= Integer.parseInt(major())) {
            throw new DatabaseException("The data folder is of PostgreSQL " + major() + ", and "
                    + (binaries.isPresent() ? "the given binaries are" : "the platform brings") + " version "
                    + next.version() + ": give binaries of a newer major version");
        }
        return next;
    }

    @Override
    public UpgradePlan plan(Optional<Path> binaries) {
        return plan(newer(binaries));
    }

    private UpgradePlan plan(PostgresVersions.Runnable next) {
        try (Connection connection = server.superuser().getConnection()) {
            List<ClusterCopy.Source> sources = ClusterCopy.databases(connection);
            long needed = Rows.first(connection, UpgradeSql.BYTES, row -> row.getLong(1))
                                    .orElse(0L)
                            * 6
                            / 5
                    + RESERVE;
            long free = freeBytes.getAsLong();
            List<String> obstacles = obstacles(connection, sources);
            if (free < needed) {
                obstacles.add("there is too little room: " + (needed - free) + " bytes are missing");
            }
            if (!tools(next).has("pg_dump") || !tools(next).has("pg_restore")) {
                obstacles.add("pg_dump and pg_restore of version " + major() + " or newer are missing: install"
                        + " postgresql-client, or give binaries that have them");
            }
            return new UpgradePlan(
                    major(),
                    next.version(),
                    sources.stream().map(ClusterCopy.Source::name).toList(),
                    needed,
                    free,
                    obstacles,
                    warnings(next));
        } catch (SQLException e) {
            throw new DatabaseException("Cannot look at what is to be upgraded: " + e.getMessage(), e);
        }
    }

    /** What backs up the upgraded server is looked for as backups do. */
    private static List<String> warnings(PostgresVersions.Runnable next) {
        ClientTools afterwards = ClientTools.of(List.of(), () -> Integer.parseInt(next.major()));
        return afterwards.has("pg_dump") && afterwards.has("pg_restore")
                ? List.of()
                : List.of("Backups, clones and moves will need pg_dump and pg_restore of version " + next.major()
                        + " or newer, which this machine lacks: " + ClientTools.howToInstall(next.major()));
    }

    private List<String> obstacles(Connection connection, List<ClusterCopy.Source> sources) throws SQLException {
        List<String> found = new ArrayList<>(Rows.list(connection, UpgradeSql.OBSTACLES, row -> row.getString(1)));
        if (!found.isEmpty()) {
            return found;
        }
        for (String database : List.of("postgres", "template1")) {
            found.addAll(ask(database, UpgradeSql.STRAY));
        }
        for (ClusterCopy.Source source : sources) {
            found.addAll(source.superuser() ? List.of() : ask(source.name(), UpgradeSql.FOREIGN));
        }
        return found;
    }

    private List<String> ask(String database, String sql) throws SQLException {
        try (Connection connection = server.superuser().connectTo(database)) {
            Rows.execute(connection, "SET search_path = pg_catalog, pg_temp");
            return Rows.list(connection, sql, row -> row.getString(1));
        }
    }

    private ClientTools tools(PostgresVersions.Runnable next) {
        List<Path> folders = Stream.of(next, server.cluster().binaries())
                .map(it -> it.home().resolve("bin"))
                .toList();
        return ClientTools.of(folders, () -> Integer.parseInt(major()));
    }

    @Override
    public synchronized UpgradeResult upgrade(Optional<Path> binaries, Consumer<String> progress) {
        long begin = System.nanoTime();
        PostgresVersions.Runnable next = newer(binaries);
        UpgradePlan plan = plan(next);
        plan.requireNoObstacle();
        ClientTools tools = tools(next);
        String former = major();
        plan.warnings().forEach(warning -> warn(warning, progress));
        progress.accept("Stopping PostgreSQL " + former);
        LocalDate until = server.whileStopped(() -> replace(former, next, tools, progress));
        progress.accept("PostgreSQL " + next.version() + " runs; the former data folder is kept until " + until);
        LOG.info("Upgraded PostgreSQL from {} to {}; the former is kept until {}", former, next.version(), until);
        return new UpgradeResult(
                plan.from(), plan.to(), plan.databases().size(), until, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static void warn(String warning, Consumer<String> progress) {
        LOG.warn("{}", warning);
        progress.accept(warning);
    }

    private LocalDate replace(
            String former, PostgresVersions.Runnable next, ClientTools tools, Consumer<String> progress) {
        try {
            change.finish();
            Folders.make(change.work(), "rwx--x--x");
            copy(next, tools, progress);
            progress.accept("Switching");
            LocalDate until = change.forward(former);
            return until;
        } catch (IOException | SQLException e) {
            throw new DatabaseException("PostgreSQL was not upgraded, and goes on as it was: " + e.getMessage(), e);
        } finally {
            removeWork();
        }
    }

    /** What cannot be removed now, the next start removes. */
    private void removeWork() {
        try {
            Folders.delete(change.work());
        } catch (IOException e) {
            LOG.warn("What is left of the upgrade in {} stays until the next start: {}", change.work(), e.toString());
        }
    }

    private void copy(PostgresVersions.Runnable next, ClientTools tools, Consumer<String> progress)
            throws IOException, SQLException {
        Map<String, String> alone = alone();
        PostgresFolders work = new PostgresFolders(
                change.work(), folders.cache(), change.work().resolve("log"), folders.secret());
        try (PostgresServer old = new PostgresServer(folders, alone)) {
            progress.accept("Making a data folder of PostgreSQL " + next.version());
            try (PostgresServer fresh = new PostgresServer(work, alone, Optional.of(next))) {
                takeSettings(work, fresh.cluster().user());
                fresh.start();
                old.start();
                new ClusterCopy(old, fresh, new DumpPipe(tools, change.work()), progress).run();
            }
        }
    }

    /** Only from this machine, at a port that nobody knows, and only by passwords. */
    private Map<String, String> alone() throws IOException {
        Path rules = change.work().resolve("alone_hba.conf");
        Files.writeString(rules, "host all all 127.0.0.1/32 scram-sha-256\n");
        Map<String, String> settings = new TreeMap<>(server.settings());
        List.of("listen_addresses", "port", "ssl", "ssl_min_protocol_version").forEach(settings::remove);
        settings.put("hba_file", rules.toString());
        return settings;
    }

    /** What an administrator has set by ALTER SYSTEM. A version that does not know a setting says so when it starts. */
    private void takeSettings(PostgresFolders work, ServerUser user) throws IOException {
        Path target = work.cluster().resolve("postgresql.auto.conf");
        Files.copy(folders.cluster().resolve("postgresql.auto.conf"), target, StandardCopyOption.REPLACE_EXISTING);
        user.own(target);
    }

    @Override
    public Optional<LocalDate> keptUntil() {
        return change.kept().stream().map(ClusterSwitch.Kept::until).findFirst();
    }

    @Override
    public synchronized String rollBackAtNextStart() {
        ClusterSwitch.Kept former = change.kept().stream()
                .findFirst()
                .orElseThrow(() -> new DatabaseException(
                        "There is no upgrade to take back: a former data folder is kept for a week only"));
        PostgresVersions.Runnable binaries = versions.ofMajor(former.major());
        try {
            change.backwardAtNextStart(former, major());
            return binaries.version();
        } catch (IOException e) {
            throw new DatabaseException("The upgrade cannot be taken back: " + e.getMessage(), e);
        }
    }

    /** Removes former data folders whose time is over. */
    void sweep() {
        change.sweep();
    }
}
