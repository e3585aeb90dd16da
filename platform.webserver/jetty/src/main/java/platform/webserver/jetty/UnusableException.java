package platform.webserver.jetty;

/** Bytes that cannot be taken for a certificate with its key; the message is for who brought them. */
final class UnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
        super(message);
    }

    UnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
