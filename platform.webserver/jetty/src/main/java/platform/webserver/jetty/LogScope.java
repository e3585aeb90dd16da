package platform.webserver.jetty;

import org.slf4j.Logger;
import org.slf4j.MDC;
import platform.webserver.api.PathSpec;

/** Names an instance and its app on the lines that this thread logs, until it is closed. */
final class LogScope implements AutoCloseable {

    /** The keys of platform.tracing's LogContext, which this bundle may not import. */
    private static final String APP = "app";

    private static final String INSTANCE = "instance";

    private final String appBefore = MDC.get(APP);
    private final String instanceBefore = MDC.get(INSTANCE);

    LogScope(PathSpec spec) {
        MDC.put(APP, spec.app());
        MDC.put(INSTANCE, spec.owner());
    }

    /** Logs a detail of an instance from a thread that may be anybody's; only where the logger is enabled. */
    static void debug(Logger trace, PathSpec spec, String message, Object... values) {
        LogScope scope = new LogScope(spec);
        try {
            trace.debug(message, values);
        } finally {
            scope.close();
        }
    }

    /** An app registers its servlets inside its own start, which has a log context already. */
    @Override
    public void close() {
        restore(INSTANCE, instanceBefore);
        restore(APP, appBefore);
    }

    private static void restore(String key, String before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
