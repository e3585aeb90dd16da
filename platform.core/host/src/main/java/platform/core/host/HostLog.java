package platform.core.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Set;
import org.slf4j.LoggerFactory;
import platform.core.child.LogMessage;
import platform.core.child.PlatformCalls;
import platform.tracing.api.LogContext;

/**
 * Sends each line to the platform, which writes the app's log. Logback finds it as a service, and so reads no configuration.
 */
public final class HostLog extends ContextAwareBase implements Configurator {

    private static volatile PlatformCalls platform;
    private static String app = "";
    private static Level appLevel = Level.INFO;
    private static Set<String> traced = Set.of();

    /** From now on lines go to the platform; those before are dropped. */
    static void connect(PlatformCalls calls) {
        platform = calls;
    }

    /** The app's loggers have this level. */
    static synchronized void configure(String loggers, String level) {
        app = loggers;
        appLevel = Level.toLevel(level, Level.INFO);
        logger(app).setLevel(appLevel);
    }

    /** These make lines from DEBUG upwards now, and those of before do so no more. */
    static synchronized void trace(Set<String> loggers) {
        traced.forEach(former -> logger(former).setLevel(former.equals(app) ? appLevel : null));
        loggers.stream()
                .map(HostLog::logger)
                .filter(logger -> !logger.isDebugEnabled())
                .forEach(logger -> logger.setLevel(Level.DEBUG));
        traced = Set.copyOf(loggers);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Sender sender = new Sender();
        sender.setContext(context);
        sender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(sender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Sends lines. */
    private static final class Sender extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            PlatformCalls calls = platform;
            // What the calls themselves have to say of a broken connection cannot be sent by them.
            if (calls != null && !event.getLoggerName().startsWith("org.eclipse.lsp4j")) {
                calls.log(new LogMessage(
                        event.getLevel().toString(),
                        event.getLoggerName(),
                        event.getMDCPropertyMap().getOrDefault(LogContext.INSTANCE, ""),
                        event.getFormattedMessage(),
                        event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        }
    }
}
