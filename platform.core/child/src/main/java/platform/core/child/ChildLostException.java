package platform.core.child;

/** The process has ended; the message says how. */
public final class ChildLostException extends Exception {

    private static final long serialVersionUID = 1L;

    ChildLostException(String message) {
        super(message);
    }
}
