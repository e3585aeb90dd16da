package platform.db.postgresql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/**
 * The default server, which is there for as long as this object, and those that settings add and take away. Names of
 * databases are unique over all of them, but while one is being moved.
 */
final class Servers implements DatabaseServers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);
    private static final int LOOK_SECONDS = 5;

    private final ServedServer main;
    private final Function<ServerSettings, ExternalServer> login;
    private final Function<Server, ServedServer> service;
    private final Map<String, RegisteredServer> others = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Servers::thread);
    private PoolSettings pools = PoolSettings.DEFAULT;
    private int spares;

    Servers(ServedServer main, Function<ServerSettings, ExternalServer> login, Function<Server, ServedServer> service) {
        this.main = main;
        this.login = login;
        this.service = service;
        timer.scheduleWithFixedDelay(
                () -> others.values().forEach(Servers::look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "postgresql-servers");
        thread.setDaemon(true);
        return thread;
    }

    /** From now on the server is there, if it can be reached; returns when it was tried once. */
    void add(ServerSettings settings) {
        RegisteredServer former = others.get(settings.name());
        if (former != null && former.settings().equals(settings)) {
            return;
        }
        if (settings.name().equals(main.name())) {
            LOG.info(
                    "'{}' is the default database server: its settings are read when the platform starts", main.name());
            return;
        }
        replace(settings);
    }

    /** The same, also when only what is not among the settings has changed: its password. */
    void replace(ServerSettings settings) {
        RegisteredServer added = new RegisteredServer(settings, login, this::serve);
        Optional.ofNullable(others.put(settings.name(), added)).ifPresent(RegisteredServer::close);
        added.look();
    }

    /** Must not end by an exception, or it would never come again. */
    private static void look(RegisteredServer server) {
        try {
            server.look();
        } catch (RuntimeException e) {
            LOG.error(
                    "The database server '{}' cannot be looked at",
                    server.settings().name(),
                    e);
        }
    }

    private ServedServer serve(Server server) {
        knownAs(server)
                .ifPresent(other -> LOG.warn(
                        "'{}' and '{}' are the same database server: move what is on the one to a third, and remove it (db:server remove)",
                        server.name(),
                        other));
        return begin(server);
    }

    /** The other name by which the server is there already. */
    private Optional<String> knownAs(Server server) {
        return ClusterIdentity.otherName(server, present());
    }

    /**
     * To be called before a server is added, or gets another address.
     *
     * @throws DatabaseException when it is there already under another name
     */
    void mustBeNew(Server server) {
        RegisteredServer former = others.get(server.name());
        String address = server.endpoint().toString();
        if (former == null || !former.settings().endpoint().toString().equals(address)) {
            knownAs(server).ifPresent(other -> {
                throw new DatabaseException("The database server at " + address + " is registered already, as '" + other
                        + "': use that name, or give the address of another server");
            });
        }
    }

    private synchronized ServedServer begin(Server server) {
        ServedServer served = service.apply(server);
        served.databases().configure(pools, spares);
        return served;
    }

    /** From now on there is no such server; databases that are open go on. */
    void remove(String name) {
        Optional.ofNullable(others.remove(name)).ifPresent(RegisteredServer::close);
    }

    /** Takes over how the instances' databases are to be dealt with, on each server. */
    synchronized void configure(PoolSettings newPools, int newSpares) {
        pools = newPools;
        spares = newSpares;
        present().forEach(it -> it.databases().configure(pools, spares));
    }

    ServedServer main() {
        return main;
    }

    /** The servers that answer, the default one first. */
    List<ServedServer> present() {
        return Stream.concat(Stream.of(main), others.values().stream().flatMap(it -> it.present().stream()))
                .toList();
    }

    /** Those that do not answer, with the reason of each. */
    Map<String, String> away() {
        Map<String, String> away = new TreeMap<>();
        others.forEach((name, server) -> {
            String problem = server.problem();
            if (!problem.isEmpty()) {
                away.put(name, problem);
            }
        });
        return away;
    }

    /** Finds out at once whether a server is away; the default one is there always. */
    void look(String name) {
        Optional.ofNullable(others.get(name)).ifPresent(RegisteredServer::look);
    }

    /**
     * @throws DatabaseException when there is no such server, or it is away
     */
    ServedServer require(String name) {
        if (name.equals(main.name())) {
            return main;
        }
        RegisteredServer server = others.get(name);
        if (server == null) {
            throw new DatabaseException(
                    "There is no database server '" + name + "': db:servers shows those that there are");
        }
        return server.present()
                .orElseThrow(
                        () -> new DatabaseException("The database server '" + name + "' is away: " + server.problem()));
    }

    /**
     * The server that has a database; the default one when none has it, which then says so.
     *
     * @throws DatabaseException when it may be on a server that is away
     */
    ServedServer holding(String database) {
        if (others.isEmpty()) {
            return main;
        }
        Optional<ServedServer> found =
                present().stream().filter(it -> it.databases().has(database)).findFirst();
        if (found.isEmpty()) {
            others.values().stream()
                    .filter(it -> it.present().isEmpty())
                    .findFirst()
                    .ifPresent(away -> {
                        throw new DatabaseException("The database '" + database
                                + "' is on no server that can be reached; the server '"
                                + away.settings().name() + "' is away: " + away.problem());
                    });
        }
        return found.orElse(main);
    }

    @Override
    public String defaultName() {
        return main.name();
    }

    @Override
    public Databases on(String server) {
        return require(server).databases();
    }

    @Override
    public void checkCopy(String from, String to, DatabaseSpec spec) {
        new DatabaseCopy(require(from), require(to), spec).check();
    }

    @Override
    public long copy(String from, String to, DatabaseSpec spec, String mark, Consumer<String> progress) {
        return new DatabaseCopy(require(from), require(to), spec).run(mark, progress);
    }

    @Override
    public void retire(String server, DatabaseSpec spec, Instant until) {
        require(server).spares().retire(spec.database(), until);
    }

    @Override
    public void discard(String server, DatabaseSpec spec, String mark) {
        require(server).spares().discard(spec, mark);
    }

    @Override
    public List<DatabaseServer> list() {
        List<DatabaseServer> list = new ArrayList<>();
        list.add(ask(main));
        for (RegisteredServer other : others.values()) {
            other.look();
            list.add(other.present().map(this::ask).orElseGet(() -> info(other.settings(), other.problem())));
        }
        return list;
    }

    private static DatabaseServer info(ServerSettings settings, String problem) {
        return new DatabaseServer(
                settings.name(), false, false, settings.endpoint().toString(), "", 0, problem);
    }

    private DatabaseServer ask(ServedServer it) {
        boolean embedded = it.name().equals(Server.EMBEDDED);
        String address = it.server().endpoint().toString();
        try {
            int databases = it.databases().databases().size();
            return new DatabaseServer(it.name(), embedded, it == main, address, it.version(), databases, "");
        } catch (DatabaseException e) {
            return new DatabaseServer(it.name(), embedded, it == main, address, "", 0, e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        others.values().forEach(RegisteredServer::close);
        main.close();
    }
}
