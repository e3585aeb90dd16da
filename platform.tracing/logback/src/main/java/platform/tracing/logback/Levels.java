package platform.tracing.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The levels of the loggers: one for all, and others for single ones. Not safe for use by several threads at a time. */
final class Levels {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Levels.class);

    private final LoggerContext context;
    private Map<String, Level> set = Map.of();

    Levels(LoggerContext context) {
        this.context = context;
    }

    void apply(TracingConfig config) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level(config.level(), Level.INFO));
        Map<String, Level> wanted = new HashMap<>();
        // A configuration file has one value for all, a configuration from the console has an array.
        for (String entry : String.join(",", config.loggers()).split(",")) {
            add(wanted, entry);
        }
        set.keySet().forEach(former -> context.getLogger(former).setLevel(null));
        wanted.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
        set = wanted;
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
