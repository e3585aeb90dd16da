package platform.core.manager;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.Health;
import platform.core.child.AlarmMessage;
import platform.core.child.ChildFailedException;
import platform.core.child.ChildLostException;
import platform.core.child.HttpConnections;
import platform.core.child.InstanceSetup;
import platform.core.child.RelayServlet;
import platform.core.child.Route;
import platform.core.child.SocketRelay;
import platform.core.instance.InstanceContext;
import platform.db.api.ConnectionShare;
import platform.db.api.DatabaseAccess;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;

/** An instance in a process of its own, as if it were here: what it registers there is registered here as well. */
final class RemoteInstance implements AppInstance {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteInstance.class);

    private final RemoteService service;
    private final InstanceContext context;
    private final HttpConnections connections;
    private final Path sockets;
    private final ConnectionShare share;
    private final Map<Integer, WebContext.Registration> routes = new ConcurrentHashMap<>();
    private SocketRelay relay;

    /**
     * @param sockets where the process listens for WebSockets
     * @param share what the process takes its connections to the database from
     */
    RemoteInstance(
            RemoteService service,
            InstanceContext context,
            HttpConnections connections,
            Path sockets,
            ConnectionShare share) {
        this.service = service;
        this.context = context;
        this.connections = connections;
        this.sockets = sockets;
        this.share = share;
    }

    String id() {
        return context.id().toString();
    }

    @Override
    public Health health() {
        try {
            Health health = service.child().call(host -> host.health(id()));
            return health == null ? Health.down("health() returned null.") : health;
        } catch (ChildLostException | ChildFailedException e) {
            LOG.debug("{} has no health", id(), e);
            return Health.down("health() failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.up();
        }
    }

    @Override
    public boolean reconfigure(AppContext changed) {
        try {
            InstanceSetup setup = RemoteService.setup((InstanceContext) changed);
            return service.child().call(host -> host.reconfigure(setup));
        } catch (ChildLostException | ChildFailedException | SQLException e) {
            LOG.warn("{} did not take its new settings over and is restarted", id(), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        try {
            service.child().call(host -> host.close(id()));
        } catch (ChildLostException e) {
            LOG.debug("{} ended with its process", id(), e);
        } catch (ChildFailedException e) {
            LOG.warn("{} did not close cleanly: {}", id(), e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            service.forget(this);
        }
    }

    void register(Route route) throws IOException {
        WebContext web = context.web();
        WebContext.Registration registration = route.socket() == null
                ? web.servlet(route.pattern(), new ServletOptions(route.maxBody()), new RelayServlet(connections))
                : web.webSocket(route.pattern(), route.socket().options(), relay().listeners(route.number()));
        routes.put(route.number(), registration);
    }

    void unregister(Route route) {
        WebContext.Registration registration = routes.remove(route.number());
        if (registration != null) {
            registration.close();
        }
    }

    /** Made with the first path for WebSockets: most instances of some apps have none. */
    private synchronized SocketRelay relay() throws IOException {
        if (relay == null) {
            relay = SocketRelay.connect(id(), sockets);
        }
        return relay;
    }

    /** How it logs in to its database now. */
    DatabaseAccess login() throws SQLException {
        return context.dataSource().unwrap(DatabaseAccess.class);
    }

    ConnectionShare connections() {
        return share;
    }

    void alarm(AlarmMessage alarm) {
        if (alarm.text() == null) {
            context.alarms().clear(alarm.code());
        } else {
            context.alarms().raise(alarm.severity(), alarm.code(), alarm.text(), alarm.cause(), alarm.fix());
        }
    }

    /** As if a task of its executor here had thrown it: then it is restarted. */
    void broken(String error) {
        context.executor().execute(() -> {
            throw new RemoteError(error);
        });
    }

    /** Its WebSockets are closed, if they are open still, and its connections to the database do not count any more. */
    synchronized void release() {
        share.close();
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }

    /** What was thrown in the process. */
    private static final class RemoteError extends LinkageError {

        private static final long serialVersionUID = 1L;

        RemoteError(String error) {
            super(error);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
