package platform.tracing.api;

/** The keys of the diagnostic context (SLF4J's MDC) that the platform sets around an app's code. */
public final class LogContext {

    /** The name of the service that runs. */
    public static final String APP = "app";

    /** The instance that runs, as {@code name@domain}. */
    public static final String INSTANCE = "instance";

    private LogContext() {}
}
