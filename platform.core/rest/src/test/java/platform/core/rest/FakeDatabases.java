package platform.core.rest;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.db.api.AccessEntry;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseServers;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpace;
import platform.db.api.DiskStatus;
import platform.db.api.ExtensionStatus;
import platform.db.api.Extensions;
import platform.db.api.GrantedAccess;
import platform.db.api.HostAccess;
import platform.db.api.ServerRegistration;
import platform.db.api.ServerRegistry;
import platform.db.api.SqlConsole;
import platform.db.api.SqlRequest;
import platform.db.api.SqlResult;

/** What can be done with databases, in the mind. */
final class FakeDatabases {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    final FakeAccess access = new FakeAccess();
    final FakeSql sql = new FakeSql();
    final FakeServers servers = new FakeServers();

    Map<Class<?>, Object> all() {
        return Map.of(
                HostAccess.class, Fake.of(HostAccess.class, access),
                Extensions.class, Fake.of(Extensions.class, new FakeExtensions()),
                SqlConsole.class, Fake.of(SqlConsole.class, sql),
                DatabaseServers.class, Fake.of(DatabaseServers.class, servers),
                ServerRegistry.class, Fake.of(ServerRegistry.class, servers),
                DiskSpace.class, Fake.of(DiskSpace.class, new FakeDisk()));
    }

    /** One entry for each database at first. */
    static final class FakeAccess {

        private final List<AccessEntry> entries = new ArrayList<>();

        FakeAccess() {
            for (String database : List.of("db_acme@example.com", "db_bolt@example.org")) {
                entries.add(new AccessEntry(database, database + "_host", "192.0.2.7/32", AT, Optional.empty()));
            }
        }

        GrantedAccess allow(String database, String cidr, Optional<Duration> lasts) {
            if (!cidr.matches("[0-9./]+")) {
                throw new DatabaseException("'" + cidr + "' is no address or network: write it like 192.0.2.7");
            }
            AccessEntry entry = new AccessEntry(database, database + "_host", cidr, AT, lasts.map(AT::plus));
            entries.add(entry);
            return new GrantedAccess(entry, Optional.of("sesame-open"), 5433);
        }

        List<AccessEntry> deny(String database, Optional<String> cidr) {
            List<AccessEntry> gone = entries.stream()
                    .filter(it -> it.database().equals(database))
                    .filter(it -> cidr.isEmpty() || it.cidr().equals(cidr.get()))
                    .toList();
            entries.removeAll(gone);
            return gone;
        }

        List<AccessEntry> list() {
            return List.copyOf(entries);
        }
    }

    private static final class FakeExtensions {

        private final Map<String, ExtensionStatus> all = new TreeMap<>();

        FakeExtensions() {
            put("hstore", Optional.empty(), true);
            put("plperlu", Optional.empty(), false);
        }

        private void put(String name, Optional<String> installed, boolean trusted) {
            all.put(name, new ExtensionStatus(name, installed, "1.8", trusted, false, "What " + name + " is for"));
        }

        List<ExtensionStatus> list(String database) {
            return List.copyOf(all.values());
        }

        void create(String database, String name) {
            if (!all.containsKey(name) || !all.get(name).trusted()) {
                throw new DatabaseException("The extension '" + name + "' is neither trusted nor allowed");
            }
            put(name, Optional.of("1.8"), true);
        }
    }

    /** Answers with NULL, or as a server that refuses or is away. */
    static final class FakeSql {

        final List<SqlRequest> run = new ArrayList<>();

        SqlResult run(SqlRequest request) {
            run.add(request);
            switch (request.sql()) {
                case "SELEC" -> throw refused("syntax error at or near \"SELEC\"", "42601");
                case "SELECT away()" -> throw refused("The connection is broken", "08006");
                default -> {}
            }
            return new SqlResult(
                    List.of("a", "a"),
                    List.of(List.of(Optional.of("1"), Optional.empty())),
                    true,
                    request.write() ? Optional.of(1L) : Optional.empty(),
                    Duration.ofMillis(5));
        }

        private static DatabaseException refused(String message, String state) {
            return new DatabaseException(message, new SQLException(message, state));
        }
    }

    private static final class FakeDisk {

        DiskStatus status() {
            return new DiskStatus(DiskLevel.VERY_LOW, 1000, 80, 10, 20, 200, 100, 50);
        }
    }

    /** Whose passwords are all sesame. */
    static final class FakeServers {

        private final List<DatabaseServer> all = new ArrayList<>(List.of(
                new DatabaseServer("default", true, true, "127.0.0.1:5432", "15.19", 3, ""),
                new DatabaseServer("pg1", false, false, "pg1:5432", "", 0, "It does not answer.")));

        ServerRegistration put;

        List<DatabaseServer> list() {
            return List.copyOf(all);
        }

        void put(ServerRegistration server) {
            if (!server.password().equals(Optional.of("sesame"))) {
                throw new DatabaseException("Cannot log in to the database server '" + server.name() + "'");
            }
            put = server;
            all.removeIf(it -> it.name().equals(server.name()));
            String address = server.host() + ":" + server.port();
            all.add(new DatabaseServer(server.name(), false, false, address, "16.4", 0, ""));
        }

        void remove(String name) {
            if (name.equals("default")) {
                throw new DatabaseException("'default' is the default database server");
            }
            all.removeIf(it -> it.name().equals(name));
        }
    }
}
