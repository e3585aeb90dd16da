package platform.db.postgresql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** A connection that tells when it is closed; all else is its delegate's. A call costs some nanoseconds more. */
abstract class ClosingConnection implements InvocationHandler {

    private final Connection delegate;

    ClosingConnection(Connection delegate) {
        this.delegate = delegate;
    }

    /** It has been closed; may be called more than once. */
    abstract void closed();

    final Connection delegate() {
        return delegate;
    }

    /** What is handed out. */
    final Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                ClosingConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    @Override
    public final Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "close", "abort" -> {
                try {
                    yield call(method, arguments);
                } finally {
                    closed();
                }
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> call(method, arguments);
        };
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
