package platform.core.dist;

/** Why the platform cannot start, as one sentence for the person at the terminal; the launcher prints it and exits. */
final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final int status;

    private LaunchException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    LaunchException(String message) {
        this(message, FAILED, null);
    }

    LaunchException(String message, Throwable cause) {
        this(message, FAILED, cause);
    }

    /** The command line is wrong. */
    static LaunchException usage(String message) {
        return new LaunchException(message, USAGE, null);
    }

    /** The exit status of the process. */
    int status() {
        return status;
    }
}
