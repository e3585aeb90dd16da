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
        for (String entry : config.loggers()) {
            int equals = entry.indexOf('=');
            String level = entry.substring(equals + 1).trim();
            wanted.put(entry.substring(0, Math.max(equals, 0)).trim(), level(level, null));
        }
        wanted.remove("");
        set.keySet().forEach(former -> context.getLogger(former).setLevel(null));
        wanted.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
        set = wanted;
    }

    private static Level level(String text, Level otherwise) {
        Level level = Level.toLevel(text.trim(), null);
        if (level == null) {
            LOG.warn("Level '{}' in {} is not known. Use ERROR, WARN, INFO, DEBUG or TRACE.", text, TracingConfig.PID);
        }
        return level == null ? otherwise : level;
    }
}
