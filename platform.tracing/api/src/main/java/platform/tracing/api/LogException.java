package platform.tracing.api;

/** A log cannot be read; the message says which, why, and what to do. */
public class LogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean missing;

    private LogException(String message, boolean missing, Throwable cause) {
        super(message, cause);
        this.missing = missing;
    }

    public static LogException missing(String message) {
        return new LogException(message, true, null);
    }

    public static LogException unreadable(String message, Throwable cause) {
        return new LogException(message, false, cause);
    }

    /** Whether there is no such log, or else it is there and cannot be read. */
    public boolean isMissing() {
        return missing;
    }
}
