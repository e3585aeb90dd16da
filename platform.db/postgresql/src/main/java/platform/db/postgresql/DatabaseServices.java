package platform.db.postgresql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import platform.db.api.Changes;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.Databases;
import platform.db.api.Dumps;
import platform.db.api.Extensions;
import platform.db.api.HostAccess;
import platform.db.api.Maintenance;
import platform.db.api.Quotas;
import platform.db.api.SpareDatabases;
import platform.db.api.SqlConsole;

/** The services of this bundle, for as long as the default server is served. */
final class DatabaseServices implements AutoCloseable {

    private final BundleContext context;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();

    DatabaseServices(BundleContext context, Servers servers, HostAccess access, DatabaseUpgrade upgrade) {
        this.context = context;
        register(DatabaseStatistics.class, new RoutedStatistics(servers));
        register(
                SqlConsole.class,
                request -> servers.holding(request.database()).console().run(request));
        register(HostAccess.class, access);
        register(Extensions.class, new RoutedExtensions(servers));
        register(Dumps.class, new RoutedDumps(servers));
        register(Changes.class, new RoutedChanges(servers));
        register(DatabaseUpgrade.class, upgrade);
        register(SpareDatabases.class, new RoutedSpares(servers));
        register(Maintenance.class, new RoutedMaintenance(servers));
        register(Quotas.class, new RoutedQuotas(servers));
        register(Servers.class, servers);
        register(DatabaseServers.class, servers);
        register(Databases.class, servers.main().databases());
    }

    private <T> void register(Class<T> type, T service) {
        services.add(context.registerService(type, service, null));
    }

    @Override
    public void close() {
        Collections.reverse(services);
        services.forEach(ServiceRegistration::unregister);
    }
}
