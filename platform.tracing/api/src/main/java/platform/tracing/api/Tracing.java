package platform.tracing.api;

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
}
