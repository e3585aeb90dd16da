package platform.db.postgresql;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.Quotas;
import platform.db.api.SpareDatabases;

/** For the tests of other modules: the shared server as the default one, and this machine's own PostgreSQL as {@code far}. */
public final class TestServers implements AutoCloseable {

    private final ForeignPostgres foreign = ForeignPostgres.ofThisMachine();
    private final Servers servers = new Servers(TestPostgres.newServed(), foreign::login, ForeignPostgres::serve);

    private Optional<Servers> farAsDefault = Optional.empty();

    public TestServers() {
        servers.add(foreign.settings("far", Tls.NONE));
    }

    public DatabaseServers servers() {
        return servers;
    }

    /** The other server as the default one, and the only one. */
    public synchronized DatabaseServers farAsDefault() {
        if (farAsDefault.isEmpty()) {
            farAsDefault = Optional.of(new Servers(foreign.served(), foreign::login, ForeignPostgres::serve));
        }
        return farAsDefault.get();
    }

    public Quotas quotas() {
        return new RoutedQuotas(servers);
    }

    public SpareDatabases spares() {
        return new RoutedSpares(servers);
    }

    /** Registers the other server once more. */
    public void addFarAs(String name) {
        servers.add(foreign.settings(name, Tls.NONE));
    }

    public void remove(String name) {
        servers.remove(name);
    }

    /** The databases of the platform's on a server. */
    public List<String> on(String server) {
        DatabaseStatistics statistics = servers.require(server).statistics();
        return statistics.databases().stream().map(DatabaseStatus::name).toList();
    }

    /** Returns when the other server is away, and everybody knows it. */
    public void stopFar() {
        foreign.stop();
        servers.list();
    }

    /** Returns when it is back. */
    public void startFar() throws IOException {
        foreign.start();
        servers.list();
    }

    @Override
    public void close() {
        servers.close();
        farAsDefault.ifPresent(Servers::close);
        foreign.close();
    }
}
