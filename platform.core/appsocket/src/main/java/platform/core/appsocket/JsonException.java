package platform.core.appsocket;

/** Text that is not the JSON it should be; the message is fit for the peer. */
final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
