package platform.webserver.api;

/** The webserver cannot do what was asked; the message says what, on which path, and what to do. */
public class WebserverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WebserverException(String message) {
        super(message);
    }

    public WebserverException(String message, Throwable cause) {
        super(message, cause);
    }
}
