package platform.db.postgresql;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All that is done on one server which has answered, besides what only our own server allows. */
final class ServedServer implements AutoCloseable {

    private final Server server;
    private final ExecutorService shrinker = Executors.newSingleThreadExecutor(ServedServer::thread);
    private final Sessions sessions;
    private final PostgresExtensions extensions;
    private final PostgresDatabases databases;
    private final PostgresStatistics statistics;
    private final PostgresConsole console;
    private final PostgresDumps dumps;
    private final PostgresSpares spares;
    private final PostgresMaintenance maintenance;
    private final PostgresQuotas quotas;

    /**
     * @param allowedExtensions the names beyond the trusted ones
     * @param freeBytes what is free where the server keeps its data
     */
    ServedServer(Server server, Supplier<Set<String>> allowedExtensions, LongSupplier freeBytes) {
        this.server = server;
        sessions = new Sessions(server);
        extensions = new PostgresExtensions(sessions, allowedExtensions);
        databases = new PostgresDatabases(server, extensions);
        sessions.clear();
        statistics = new PostgresStatistics(sessions);
        console = new PostgresConsole(sessions);
        dumps = new PostgresDumps(sessions, ClientTools.of(server));
        spares = new PostgresSpares(sessions, freeBytes);
        maintenance = new PostgresMaintenance(sessions, freeBytes);
        quotas = new PostgresQuotas(sessions, databases::work, maintenance, databases::limit, shrinker);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "postgresql-shrink");
        thread.setDaemon(true);
        return thread;
    }

    String name() {
        return server.name();
    }

    Server server() {
        return server;
    }

    Sessions sessions() {
        return sessions;
    }

    PostgresDatabases databases() {
        return databases;
    }

    PostgresExtensions extensions() {
        return extensions;
    }

    PostgresStatistics statistics() {
        return statistics;
    }

    PostgresConsole console() {
        return console;
    }

    PostgresDumps dumps() {
        return dumps;
    }

    PostgresSpares spares() {
        return spares;
    }

    PostgresMaintenance maintenance() {
        return maintenance;
    }

    PostgresQuotas quotas() {
        return quotas;
    }

    /** The server's own version, as it says it. */
    String version() {
        return sessions.administer(
                "ask for the version",
                connection -> Rows.first(
                                connection,
                                "SELECT split_part(current_setting('server_version'), ' ', 1)",
                                row -> row.getString(1))
                        .orElseThrow());
    }

    /** Stops what works here; the server and the databases that were opened stay as they are. */
    @Override
    public void close() {
        shrinker.shutdownNow();
        databases.close();
    }
}
