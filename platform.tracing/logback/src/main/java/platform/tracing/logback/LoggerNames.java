package platform.tracing.logback;

import java.util.Optional;
import java.util.Set;

/** Loggers are below each other by their names: {@code app.files.Store} is below {@code app.files}. */
final class LoggerNames {

    private LoggerNames() {}

    /** Whether a logger is one of these, or below one. */
    static boolean covers(Set<String> loggers, String name) {
        return nearest(loggers, name).isPresent();
    }

    /** Itself, or the nearest of these that it is below. */
    static Optional<String> nearest(Set<String> loggers, String name) {
        String above = name;
        while (!loggers.contains(above)) {
            int dot = above.lastIndexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            above = above.substring(0, dot);
        }
        return Optional.of(above);
    }
}
