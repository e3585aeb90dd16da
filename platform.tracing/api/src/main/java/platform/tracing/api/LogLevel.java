package platform.tracing.api;

/** How much a record of a log matters, the least first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
}
