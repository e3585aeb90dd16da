package platform.tracing.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * The levels of the loggers: one for all, others for single ones, and DEBUG for those that are traced for some instance. Nobody
 * asks a filter whether a logger is enabled: Jetty does so many times for a request.
 */
final class Levels {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Levels.class);

    private final LoggerContext context;
    private volatile Map<String, Level> configured = Map.of(Logger.ROOT_LOGGER_NAME, Level.INFO);
    private volatile Set<String> traced = Set.of();
    private Set<String> set = Set.of();

    Levels(LoggerContext context) {
        this.context = context;
    }

    synchronized void apply(TracingConfig config) {
        Map<String, Level> wanted = new HashMap<>();
        wanted.put(Logger.ROOT_LOGGER_NAME, level(config.level(), Level.INFO));
        // A configuration file has one value for all, a configuration from the console has an array.
        for (String entry : String.join(",", config.loggers()).split(",")) {
            add(wanted, entry);
        }
        configured = wanted;
        setAll();
    }

    /** These loggers make lines from DEBUG upwards, whatever is configured. */
    synchronized void trace(Set<String> loggers) {
        if (!loggers.equals(traced)) {
            traced = Set.copyOf(loggers);
            setAll();
        }
    }

    /** Whether a line is wanted by the configuration, and not only for the instances that are traced. */
    boolean isConfigured(String logger, Level level) {
        Set<String> now = traced;
        return now.isEmpty() || !LoggerNames.covers(now, logger) || level.isGreaterOrEqual(general(logger));
    }

    private Level general(String logger) {
        Map<String, Level> levels = configured;
        return levels.get(LoggerNames.nearest(levels.keySet(), logger).orElse(Logger.ROOT_LOGGER_NAME));
    }

    private void setAll() {
        Set<String> names = new HashSet<>(configured.keySet());
        names.addAll(traced);
        set.stream().filter(former -> !names.contains(former)).forEach(former -> set(former, null));
        names.forEach(name -> set(name, level(name)));
        set = names;
    }

    private Level level(String name) {
        Level general = general(name);
        return LoggerNames.covers(traced, name) && general.isGreaterOrEqual(Level.DEBUG) ? Level.DEBUG : general;
    }

    private void set(String name, Level level) {
        Logger logger = context.getLogger(name);
        if (logger.getLevel() != level) {
            logger.setLevel(level);
        }
    }

    private static void add(Map<String, Level> wanted, String entry) {
        int equals = entry.indexOf('=');
        Level level = entry.isBlank() ? null : level(entry.substring(equals + 1), null);
        if (equals > 0 && level != null) {
            wanted.put(entry.substring(0, equals).trim(), level);
        }
    }

    private static Level level(String text, Level otherwise) {
        Level level = Level.toLevel(text.trim(), null);
        if (level == null) {
            LOG.warn("Level '{}' in {} is not known. Use ERROR, WARN, INFO, DEBUG or TRACE.", text, TracingConfig.PID);
        }
        return level == null ? otherwise : level;
    }
}
