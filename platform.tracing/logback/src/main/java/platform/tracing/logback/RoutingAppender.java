package platform.tracing.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import platform.tracing.api.LogContext;
import platform.tracing.api.LogUse;

/**
 * The one appender: gives each record to the log of the service that the diagnostic context names, else to the service
 * whose package the logger's name begins with, else to the platform's log. What a service's file refuses, because it was
 * closed a moment ago or its disk fails, goes to the platform's log; what that refuses goes to the error output from WARN
 * upwards. While it is held no file grows: lines are dropped and counted, but for those of the audit, and errors of the
 * platform go to the error output.
 */
final class RoutingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Map<String, OpenLog> services = new ConcurrentHashMap<>();
    private final Map<String, LogBudget> budgets = new ConcurrentHashMap<>();
    private static final String AUDIT = "audit";

    private final LogFile platform;
    private final Traces traces;
    private final Clock clock;
    private final LongAdder dropped = new LongAdder();
    private volatile boolean held;

    RoutingAppender(LogFile platform, Traces traces, Clock clock) {
        this.platform = platform;
        this.traces = traces;
        this.clock = clock;
        setName("routing");
    }

    void open(OpenLog log) {
        services.put(log.app(), log);
    }

    /** Closes the log of that name, if there is one. */
    void closeNamed(String app) {
        OpenLog log = services.get(app);
        if (log != null) {
            close(log);
        }
    }

    void close(OpenLog log) {
        services.remove(log.app(), log);
        log.target().close();
    }

    void limit(Limits limits) {
        platform.limit(limits);
        services.values().forEach(log -> log.target().limit(limits));
    }

    @Override
    public void stop() {
        super.stop();
        services.values().forEach(this::close);
        platform.close();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!traces.takes(event)) {
            return;
        }
        OpenLog service = service(event);
        if (held && !AUDIT.equals(event.getLoggerName())) {
            drop(event, service == null);
            return;
        }
        byte[] record = LogLine.of(event);
        String instance = event.getMDCPropertyMap().get(LogContext.INSTANCE);
        String owner = instance == null && service != null ? service.app() : instance;
        LogBudget budget = owner == null || service == null ? null : budgets.get(owner);
        switch (budget == null ? LogBudget.Verdict.WRITE : budget.take(record.length)) {
            case WRITE -> write(service, record, event.getLevel());
            case DROP_FIRST -> write(service, instance == null ? tooMuchOfNobody() : tooMuch(instance), Level.WARN);
            case DROP -> {
                // The budget counts it.
            }
        }
    }

    private byte[] tooMuch(String instance) {
        return LogLine.warning(
                clock.instant(),
                instance
                        + " has logged as much as it may in an hour: its further lines are dropped until the next one begins."
                        + " instance:limit " + instance + " shows the limit");
    }

    private byte[] tooMuchOfNobody() {
        return LogLine.warning(
                clock.instant(),
                "The app has printed or logged as much without an instance as an instance of it may in an hour: such lines are"
                        + " dropped until the next one begins. instance:limit shows the limit");
    }

    void limit(String owner, long bytesPerHour) {
        budgets.computeIfAbsent(owner, first -> new LogBudget(clock)).limit(bytesPerHour);
    }

    LogUse use(String owner) {
        LogBudget budget = budgets.get(owner);
        return budget == null ? new LogUse(0, 0) : budget.use();
    }

    void forget(String owner) {
        budgets.remove(owner);
    }

    private void write(OpenLog service, byte[] record, Level level) {
        if (service == null || !service.target().append(record)) {
            toPlatform(record, level);
        }
    }

    /** Files do not grow from now on. */
    void hold() {
        held = true;
    }

    /** Files grow again. Returns how many lines were dropped meanwhile. */
    long release() {
        held = false;
        return dropped.sumThenReset();
    }

    private void drop(ILoggingEvent event, boolean ofPlatform) {
        dropped.increment();
        if (ofPlatform && event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            toErrorOutput(LogLine.of(event));
        }
    }

    void toPlatform(byte[] record, Level level) {
        if (!platform.append(record) && level.isGreaterOrEqual(Level.WARN)) {
            toErrorOutput(record);
        }
    }

    private static void toErrorOutput(byte[] record) {
        System.err.write(record, 0, record.length);
        System.err.flush();
    }

    private OpenLog service(ILoggingEvent event) {
        String app = event.getMDCPropertyMap().get(LogContext.APP);
        OpenLog named = app == null ? null : services.get(app);
        return named != null ? named : byPackage(event.getLoggerName());
    }

    private OpenLog byPackage(String logger) {
        OpenLog longest = null;
        for (OpenLog log : services.values()) {
            if (log.covers(logger)
                    && (longest == null
                            || log.loggerPrefix().length()
                                    > longest.loggerPrefix().length())) {
                longest = log;
            }
        }
        return longest;
    }

    /** An open log of a service. */
    record OpenLog(String app, String loggerPrefix, LogFile target) {

        boolean covers(String logger) {
            return logger.startsWith(loggerPrefix)
                    && (logger.length() == loggerPrefix.length() || logger.charAt(loggerPrefix.length()) == '.');
        }
    }
}
