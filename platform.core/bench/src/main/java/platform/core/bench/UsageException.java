package platform.core.bench;

/** A wrong command line; the message is a sentence for whoever typed it. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message + " See platform bench --help.");
    }
}
