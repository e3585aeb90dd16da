package platform.db.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import platform.db.api.Changes;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.Dumps;
import platform.db.api.Quotas;
import platform.db.api.Recovery;
import platform.db.api.SpareDatabases;
import platform.db.api.WalArchive;

/**
 * A real PostgreSQL for tests: one for all tests of a JVM, made when the first one asks (about a second), gone at the end
 * of the JVM. It works for root and for any other user. Its files are in a folder of their own in {@code java.io.tmpdir};
 * what is in it is lost in a crash of the machine, and only then.
 *
 * <pre>{@code
 * <dependency><groupId>platform</groupId><artifactId>platform.db.postgresql</artifactId><scope>test</scope></dependency>
 * <dependency><groupId>platform</groupId><artifactId>platform.db.postgresql</artifactId><type>test-jar</type><scope>test</scope></dependency>
 *
 * DatabaseSpec spec = TestPostgres.newDatabase();                       // an empty database with a role of its own
 * try (Database database = TestPostgres.databases().open(spec)) {       // the platform's own pool and migrations
 *     database.migrate(List.of(MyTest.class.getResource("/db/migration/V1__first.sql")));
 *     database.dataSource().getConnection()…
 * }
 * }</pre>
 *
 * <p>Any thread may call it. Tests that need the server for themselves start a {@link PostgresServer} instead.
 */
public final class TestPostgres {

    /** A crash of the machine may cost a test's data; in return nothing is waited for. */
    static final Map<String, String> SETTINGS = Map.of("fsync", "off", "full_page_writes", "off");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestPostgres() {}

    /** The platform's implementation, on the shared server. */
    public static Databases databases() {
        return Shared.DATABASES;
    }

    /** The shared server as the default and only one. */
    public static DatabaseServers servers() {
        return new OnlyServer();
    }

    private static final class OnlyServer implements DatabaseServers {
        @Override
        public List<DatabaseServer> list() {
            String address = Shared.SERVER.endpoint().toString();
            return List.of(new DatabaseServer(defaultName(), true, true, address, "15", 0, ""));
        }

        @Override
        public String defaultName() {
            return Server.EMBEDDED;
        }

        @Override
        public void checkCopy(String from, String to, DatabaseSpec spec) {
            throw new DatabaseException("There is no other server");
        }

        @Override
        public long copy(String from, String to, DatabaseSpec spec, String mark, Consumer<String> progress) {
            throw new DatabaseException("There is no other server");
        }

        @Override
        public void retire(String server, DatabaseSpec spec, Instant until) {
            throw new DatabaseException("There is no other server");
        }

        @Override
        public void discard(String server, DatabaseSpec spec, String mark) {
            throw new DatabaseException("There is no other server");
        }

        @Override
        public Databases on(String server) {
            if (!server.equals(defaultName())) {
                throw new DatabaseException("There is no database server '" + server + "'");
            }
            return databases();
        }
    }

    /** The same, with all that it can do. */
    static PostgresDatabases postgres() {
        return Shared.DATABASES;
    }

    /** What another platform would see of the shared server. */
    static PostgresDatabases another() {
        return new PostgresDatabases(Shared.SERVER);
    }

    /** All that the platform does on the shared server, by an object of its own. */
    static ServedServer newServed() {
        return new ServedServer(Shared.SERVER, Set::of, () -> Long.MAX_VALUE);
    }

    /** Where the shared server listens on 127.0.0.1. */
    static PostgresServer server() {
        return Shared.SERVER;
    }

    static int port() {
        return Shared.SERVER.port();
    }

    /** For what works on the shared server beside them. */
    static Sessions sessions() {
        return Shared.SESSIONS;
    }

    /** Dumps of its databases. */
    public static Dumps dumps() {
        return new PostgresDumps(Shared.SESSIONS, ClientTools.of(Shared.SERVER));
    }

    /** Changes of its databases. */
    public static Changes changes() {
        return new PostgresChanges(Shared.SESSIONS);
    }

    /** Databases beside its databases. One for all: each drops what others have in use. */
    public static SpareDatabases spares() {
        return Shared.SPARES;
    }

    /** Continuous archiving of the shared server. */
    public static WalArchive walArchive() {
        return new PostgresWalArchive(Shared.SERVER, Shared.SESSIONS);
    }

    /** Recoveries beside the shared server. */
    public static Recovery recovery() {
        return new PostgresRecovery(Shared.SERVER);
    }

    /** The quotas of the shared server's databases. */
    public static Quotas quotas() {
        return Shared.QUOTAS;
    }

    /** How many connections the pools of a database may open. */
    static void limit(String database, Optional<Integer> connections) {
        Shared.DATABASES.limit(database, connections);
    }

    /** Makes a role and an empty database that it owns. */
    public static DatabaseSpec newDatabase() {
        return newDatabase(List.of());
    }

    /** One that is to have these scripts, and perhaps has them. */
    static DatabaseSpec newDatabase(List<URL> migrations) {
        String name = "test " + NUMBER.incrementAndGet();
        DatabaseSpec spec = new DatabaseSpec(name, name, "password of " + name);
        databases().createRole(spec);
        databases().createDatabase(spec, migrations);
        return spec;
    }

    /** Initialised by the first use. */
    private static final class Shared {
        private static final Path FOLDER = newFolder();
        private static final PostgresServer SERVER = newServer(FOLDER);
        static final PostgresDatabases DATABASES = start();
        static final Sessions SESSIONS = new Sessions(SERVER);
        static final SpareDatabases SPARES = new PostgresSpares(SESSIONS, () -> 1L << 40);
        static final Quotas QUOTAS = new PostgresQuotas(
                SESSIONS,
                SESSIONS::administer,
                new PostgresMaintenance(SESSIONS, () -> Long.MAX_VALUE),
                DATABASES::limit,
                Runnable::run);

        private static PostgresDatabases start() {
            SERVER.start();
            PostgresDatabases databases = new PostgresDatabases(SERVER);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                databases.close();
                SERVER.close();
                delete(FOLDER);
            }));
            return databases;
        }
    }

    /** A server that has not started, in the given data folder; the binaries are shared by all tests of this machine. */
    static PostgresServer newServer(Path data) {
        return new PostgresServer(folders(data), SETTINGS);
    }

    static PostgresFolders folders(Path data) {
        PostgresFolders folders = PostgresFolders.in(data);
        Path binaries =
                Path.of(System.getProperty("java.io.tmpdir"), "platform-test-" + System.getProperty("user.name"));
        return new PostgresFolders(folders.home(), binaries, folders.logs(), folders.secret());
    }

    /** A new folder that PostgreSQL's user can enter. */
    static Path newFolder() {
        try {
            return Folders.make(Files.createTempDirectory("platform-test-"), "rwx--x--x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
