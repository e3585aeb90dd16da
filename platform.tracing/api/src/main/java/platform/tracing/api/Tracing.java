package platform.tracing.api;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Where log lines go. Any thread may call it. */
@ProviderType
public interface Tracing {

    /**
     * Opens a service's own log file. From now on it takes each line that is logged with {@link LogContext#APP} set to the
     * service's name, or by a logger whose name begins with its package; every other line goes to the platform's log.
     *
     * @param app the service's name; also the name of its folder of log files
     * @param loggerPrefix the service's root package
     */
    ServiceLog open(String app, String loggerPrefix);

    /**
     * Lets an instance log no more than that in an hour of the clock; further lines with {@link LogContext#INSTANCE} set to it are
     * dropped and counted. By the name of a service it does so with that service's lines of no instance, such as those that its process
     * prints. There is no limit at first.
     *
     * @param owner the instance, or the service
     * @param bytesPerHour {@link Long#MAX_VALUE} for any number
     */
    void limit(String owner, long bytesPerHour);

    /**
     * Has the log take an instance's lines of these loggers, and of those below them, from DEBUG upwards, whatever the general
     * level. Lines of anybody else are taken as before. There are no such loggers at first.
     *
     * @param loggers all of them from now on; empty for none
     */
    void trace(String instance, Set<String> loggers);

    /** What an instance, or a service without an instance, has logged since it has a limit. */
    LogUse use(String owner);

    /** Forgets an instance or a service that is gone, with its limit. */
    void forget(String owner);
}
