package platform.core.rest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;

/** Makes a service of an object that has some of its methods. A call of another one fails. */
final class Fake {

    private Fake() {}

    static <T> T of(Class<T> type, Object methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> call(methods, called, arguments == null ? new Object[0] : arguments)));
    }

    private static Object call(Object methods, Method called, Object[] arguments) throws Throwable {
        Method method = Stream.of(methods.getClass().getDeclaredMethods())
                .filter(it -> it.getName().equals(called.getName()) && it.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody expected " + called));
        method.setAccessible(true);
        try {
            return method.invoke(methods, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
