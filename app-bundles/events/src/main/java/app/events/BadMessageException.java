package app.events;

/** What was sent does not have its form; the message says what is wrong with it. */
final class BadMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadMessageException(String message) {
        super(message);
    }
}
