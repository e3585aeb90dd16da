package platform.core.instance;

import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.MDC;
import platform.core.api.InstanceId;
import platform.tracing.api.LogContext;

/** What is set around an app's code: the log context that names it, and its own class loader. */
public record CodeScope(String app, InstanceId id, ClassLoader loader) {

    public <T> T call(Callable<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader loaderBefore = thread.getContextClassLoader();
        Map<String, String> contextBefore = MDC.getCopyOfContextMap();
        thread.setContextClassLoader(loader);
        MDC.put(LogContext.APP, app);
        MDC.put(LogContext.INSTANCE, id.toString());
        try {
            return code.call();
        } finally {
            restore(contextBefore);
            thread.setContextClassLoader(loaderBefore);
        }
    }

    /** A thread that reads the network has none and makes many calls: to clear is cheaper than to set an empty one. */
    private static void restore(Map<String, String> context) {
        if (context == null || context.isEmpty()) {
            MDC.clear();
        } else {
            MDC.setContextMap(context);
        }
    }
}
