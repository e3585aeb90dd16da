package platform.core.manager;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/**
 * The end of the process at one of the calls that reach out of it: that call does not happen, or its answer does not arrive, and
 * no call happens after it.
 */
final class CutOff {

    /** Those whose effect stays although nobody learns of it. */
    private static final Set<String> EFFECTIVE = Set.of("commit", "replace", "use");

    /** The server ends what a dead process has left open. */
    private static final Set<String> NOT_COUNTED = Set.of("close", "rollback", "isClosed", "toString", "hashCode");

    private int callsLeft = Integer.MAX_VALUE;

    /** The process is dead. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Cuts off at that call, from 1 on. */
    void at(int call) {
        callsLeft = call;
    }

    void never() {
        callsLeft = Integer.MAX_VALUE;
    }

    /** Whether it has come to that. */
    boolean isDone() {
        return callsLeft <= 0;
    }

    void call() {
        if (callsLeft <= 1) {
            callsLeft = 0;
            throw new Killed();
        }
        callsLeft--;
    }

    /** The object, whose calls are counted. */
    <T> T of(Class<T> type, T object) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader() == null ? CutOff.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> invoke(object, method, arguments)));
    }

    private Object invoke(Object object, Method method, Object[] arguments) throws Throwable {
        if (NOT_COUNTED.contains(method.getName())) {
            return result(object, method, arguments);
        }
        call();
        Object result = result(object, method, arguments);
        if (EFFECTIVE.contains(method.getName())) {
            call();
        }
        return result instanceof Connection connection ? of(Connection.class, connection) : result;
    }

    private static Object result(Object object, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
