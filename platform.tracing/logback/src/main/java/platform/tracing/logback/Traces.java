package platform.tracing.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import platform.tracing.api.LogContext;

/** Which loggers are traced for which instances. */
final class Traces {

    private final Levels levels;
    private final Map<String, Set<String>> loggers = new ConcurrentHashMap<>();
    /** For how many instances each logger is traced. */
    private final Map<String, Integer> counts = new HashMap<>();

    Traces(Levels levels) {
        this.levels = levels;
    }

    synchronized void set(String instance, Set<String> traced) {
        Set<String> former = traced.isEmpty() ? loggers.remove(instance) : loggers.put(instance, Set.copyOf(traced));
        traced.forEach(logger -> counts.merge(logger, 1, Integer::sum));
        if (former != null) {
            former.forEach(logger -> counts.computeIfPresent(logger, (name, count) -> count == 1 ? null : count - 1));
        }
        levels.trace(counts.keySet());
    }

    /** Whether a line that its logger made is to be written: one that is only made for traced instances must be of one. */
    boolean takes(ILoggingEvent event) {
        return levels.isConfigured(event.getLoggerName(), event.getLevel()) || isTraced(event);
    }

    private boolean isTraced(ILoggingEvent event) {
        String instance = event.getMDCPropertyMap().get(LogContext.INSTANCE);
        Set<String> traced = instance == null ? null : loggers.get(instance);
        return traced != null
                && event.getLevel().isGreaterOrEqual(Level.DEBUG)
                && LoggerNames.covers(traced, event.getLoggerName());
    }
}
