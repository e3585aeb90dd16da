package platform.tracing.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.LoggerFactory;

/** What the OSGi log holds reaches SLF4J once. */
class OsgiLogBridgeTest {

    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
    private final ch.qos.logback.classic.Logger scr =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("org.apache.felix.scr");

    @BeforeEach
    void listen() {
        seen.start();
        scr.setAdditive(false);
        scr.addAppender(seen);
    }

    @AfterEach
    void stop() {
        scr.detachAppender(seen);
        scr.setAdditive(true);
    }

    @Test
    void theHistoryComesFirstOldestFirstAndNothingTwice() {
        FakeReader reader =
                new FakeReader(List.of(entry(2, LogLevel.WARN, "second"), entry(1, LogLevel.ERROR, "first")));
        OsgiLogBridge bridge = new OsgiLogBridge(reader, null);
        bridge.logged(entry(2, LogLevel.WARN, "second"));
        bridge.logged(entry(3, LogLevel.AUDIT, "third"));

        assertThat(seen.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("null: first", "null: second", "null: third");
        assertThat(seen.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.WARN, Level.INFO);
        bridge.close();
        assertThat(reader.listener).isNull();
    }

    private static LogEntry entry(long sequence, LogLevel level, String message) {
        return new FakeEntry(sequence, level, message);
    }

    /** A log with a history. */
    private static final class FakeReader implements LogReaderService {
        private final List<LogEntry> history;
        private LogListener listener;

        FakeReader(List<LogEntry> history) {
            this.history = history;
        }

        @Override
        public void addLogListener(LogListener added) {
            listener = added;
        }

        @Override
        public void removeLogListener(LogListener removed) {
            listener = listener == removed ? null : listener;
        }

        @Override
        public Enumeration<LogEntry> getLog() {
            return Collections.enumeration(history);
        }
    }

    /** An entry of Declarative Services. */
    private record FakeEntry(long getSequence, LogLevel getLogLevel, String getMessage) implements LogEntry {

        @Override
        public String getLoggerName() {
            return "org.apache.felix.scr";
        }

        @Override
        public Bundle getBundle() {
            return null;
        }

        @Override
        public ServiceReference<?> getServiceReference() {
            return null;
        }

        @Override
        @Deprecated
        public int getLevel() {
            return getLogLevel.ordinal();
        }

        @Override
        public Throwable getException() {
            return null;
        }

        @Override
        public long getTime() {
            return 0;
        }

        @Override
        public String getThreadInfo() {
            return "main";
        }

        @Override
        public StackTraceElement getLocation() {
            return null;
        }
    }
}
