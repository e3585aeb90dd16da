package platform.core.host;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;

/** A connection that gives its part of the share back when it is closed. */
final class CountedConnection {

    private static final Set<String> CLOSING = Set.of("close", "abort");

    private final Connection delegate;
    private final HostedShare share;
    private final int backend;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private CountedConnection(Connection delegate, HostedShare share) throws SQLException {
        this.delegate = delegate;
        this.share = share;
        this.backend = delegate.unwrap(PGConnection.class).getBackendPID();
    }

    static Connection of(Connection delegate, HostedShare share) throws SQLException {
        CountedConnection counted = new CountedConnection(delegate, share);
        share.name(counted.backend);
        return (Connection) Proxy.newProxyInstance(
                CountedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> counted.call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            if (CLOSING.contains(method.getName()) && open.getAndSet(false)) {
                share.release(backend);
            }
        }
    }
}
