package platform.tracing.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import platform.tracing.api.LogUse;
import platform.tracing.api.Logs;
import platform.tracing.api.ServiceLog;
import platform.tracing.api.Tracing;
import platform.tracing.logback.RoutingAppender.OpenLog;

/**
 * Takes Logback over: one appender at the root that knows every log file. {@code java.util.logging} is led into it.
 * Immediate, because from the first line on there must be a file. SLF4J looks for Logback once, when this class is loaded:
 * SPI Fly and Logback must have started by then, which the order of the bundles' names sees to.
 */
@Component(service = Tracing.class, immediate = true, configurationPid = TracingConfig.PID)
@Designate(ocd = TracingConfig.class)
public final class LogbackTracing implements Tracing {

    /** Folders beside those of the services. */
    private static final Set<String> TAKEN = Set.of(Logs.PLATFORM, "postgresql");

    private static final Pattern FOLDER_NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogbackTracing.class);

    private final Path logs;
    private final Clock clock;
    private final RoutingAppender router;
    private final LoggerContext context;
    private final Levels levels;
    private final Traces traces;
    private volatile Limits limits = new Limits(5L << 20, 5);

    @Activate
    public LogbackTracing(BundleContext bundle, TracingConfig config) {
        this(logback(), logs(bundle), Clock.systemUTC(), config);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    LogbackTracing(LoggerContext context, Path logs, Clock clock, TracingConfig config) {
        this.context = context;
        this.logs = logs;
        this.clock = clock;
        this.levels = new Levels(context);
        this.traces = new Traces(levels);
        this.router = new RoutingAppender(
                new LogFile(LogFile.in(logs, Logs.PLATFORM), limits, clock, System.err::println), traces, clock);
        takeOver();
        configure(config);
    }

    /** The disk has so little room that logs must not grow. */
    @Reference(
            target = "(" + Condition.CONDITION_ID + "=platform.disk.very-low)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    void bindVeryLow(Condition veryLow) {
        LOG.warn("The disk has very little room: from now on lines of the logs are dropped and counted");
        router.hold();
    }

    void unbindVeryLow(Condition veryLow) {
        LOG.warn("{} lines were dropped while the disk had very little room", router.release());
    }

    @Modified
    void configure(TracingConfig config) {
        levels.apply(config);
        try {
            limits = Limits.of(config);
            router.limit(limits);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Log limits stay {}: {} sets fileSize={} files={}. Use a size such as 5MB and a number such as 5.",
                    limits,
                    TracingConfig.PID,
                    config.fileSize(),
                    config.files(),
                    e);
        }
    }

    @Deactivate
    void close() {
        SLF4JBridgeHandler.uninstall();
        levels.trace(Set.of());
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(router);
        router.stop();
    }

    @Override
    public synchronized ServiceLog open(String app, String loggerPrefix) {
        if (!FOLDER_NAME.matcher(app).matches() || TAKEN.contains(app)) {
            throw new IllegalArgumentException("Service name '" + app + "' cannot name a log folder. Use lower-case"
                    + " letters, digits and hyphens, beginning with a letter, and none of " + TAKEN + ": hello");
        }
        router.closeNamed(app);
        LogFile file = new LogFile(LogFile.in(logs, app), limits, clock, this::report);
        OpenLog log = new OpenLog(app, loggerPrefix, file);
        router.open(log);
        return new Handle(router, log);
    }

    @Override
    public void limit(String owner, long bytesPerHour) {
        router.limit(owner, bytesPerHour);
    }

    @Override
    public void trace(String instance, Set<String> loggers) {
        traces.set(instance, loggers);
    }

    @Override
    public LogUse use(String owner) {
        return router.use(owner);
    }

    @Override
    public void forget(String owner) {
        router.forget(owner);
    }

    private void report(String trouble) {
        router.toPlatform(LogLine.warning(clock.instant(), trouble), Level.WARN);
    }

    /** What Logback set up for itself, a console on standard output, ends here. */
    private void takeOver() {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        router.setContext(context);
        router.start();
        root.addAppender(router);
    }

    private static LoggerContext logback() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException(
                "SLF4J is bound to " + factory.getClass().getName() + " instead of Logback."
                        + " Start SPI Fly, slf4j-api and logback before anything that logs.");
    }

    /** Where all log files are. */
    static Path logs(BundleContext bundle) {
        String data = bundle.getProperty("platform.data");
        if (data == null) {
            throw new IllegalStateException("Log files have no folder: framework property platform.data is not set.");
        }
        return Path.of(data).resolve("logs");
    }

    /** What a service holds. */
    private record Handle(RoutingAppender router, OpenLog log) implements ServiceLog {
        @Override
        public Path file() {
            return log.target().path();
        }

        @Override
        public void close() {
            router.close(log);
        }
    }
}
