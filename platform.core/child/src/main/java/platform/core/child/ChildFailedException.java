package platform.core.child;

/** The process could not do what it was asked; the message is its own reason. */
public final class ChildFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    ChildFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
