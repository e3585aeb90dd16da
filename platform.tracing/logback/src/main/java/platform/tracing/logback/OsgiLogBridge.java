package platform.tracing.logback;

import java.util.Collections;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import platform.tracing.api.Tracing;

/**
 * Leads the OSGi log, in which the framework, Declarative Services and Configuration Admin report, into SLF4J, beginning
 * with what they had to say before this bundle was there.
 */
@Component(
        service = {},
        immediate = true)
public final class OsgiLogBridge implements LogListener {

    private final LogReaderService reader;
    private long last = -1;

    /**
     * @param tracing only so that there is a file first
     */
    @Activate
    public OsgiLogBridge(@Reference LogReaderService reader, @Reference Tracing tracing) {
        this.reader = reader;
        replay();
    }

    @Deactivate
    void close() {
        reader.removeLogListener(this);
    }

    /** Called on the log service's thread. */
    @Override
    public synchronized void logged(LogEntry entry) {
        if (entry.getSequence() > last) {
            last = entry.getSequence();
            LoggerFactory.getLogger(name(entry))
                    .atLevel(level(entry.getLogLevel()))
                    .setCause(entry.getException())
                    .log("{}: {}", entry.getBundle(), entry.getMessage());
        }
    }

    /** New entries wait meanwhile, and what is in the history and comes as an event too is written once. */
    private synchronized void replay() {
        reader.addLogListener(this);
        List<LogEntry> history = Collections.list(reader.getLog());
        Collections.reverse(history);
        history.forEach(this::logged);
    }

    private static String name(LogEntry entry) {
        String name = entry.getLoggerName();
        return name == null || name.isEmpty() ? Logger.ROOT_LOGGER_NAME : name;
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case AUDIT, INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
