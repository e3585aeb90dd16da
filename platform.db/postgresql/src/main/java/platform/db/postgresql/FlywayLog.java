package platform.db.postgresql;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flyway's log, a level quieter: its many notes at each start are for those who look for a fault. */
final class FlywayLog implements Log {

    /** Flyway makes one by the name of the class. */
    public static final class Creator implements LogCreator {
        @Override
        public Log createLogger(Class<?> origin) {
            return new FlywayLog(origin);
        }
    }

    private final Logger log;

    FlywayLog(Class<?> origin) {
        log = LoggerFactory.getLogger(origin);
    }

    @Override
    public void debug(String message) {
        log.trace(message);
    }

    @Override
    public void info(String message) {
        log.debug(message);
    }

    @Override
    public void notice(String message) {
        log.debug(message);
    }

    @Override
    public void warn(String message) {
        log.warn(message);
    }

    /** The caller gets it as an exception, too; that one is logged by who handles it. */
    @Override
    public void error(String message) {
        log.debug(message);
    }

    @Override
    public void error(String message, Exception cause) {
        log.debug(message, cause);
    }
}
