package platform.core.bench;

/** A measurement that cannot be made; the message is a sentence for whoever typed the command. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
