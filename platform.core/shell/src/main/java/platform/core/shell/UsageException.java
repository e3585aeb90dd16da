package platform.core.shell;

/** A command was given what it does not take; the message names it. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
