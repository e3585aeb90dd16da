package platform.core.api;

/** The platform cannot do what was asked; the message says what failed, on what, and what to do. */
public class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public PlatformException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public PlatformException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static PlatformException invalid(String message) {
        return new PlatformException(Kind.INVALID, message);
    }

    public static PlatformException notFound(String message) {
        return new PlatformException(Kind.NOT_FOUND, message);
    }

    public static PlatformException conflict(String message) {
        return new PlatformException(Kind.CONFLICT, message);
    }

    public static PlatformException failed(String message, Throwable cause) {
        return new PlatformException(Kind.FAILED, message, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** Whose turn it is. */
    public enum Kind {
        /** The request is malformed: the caller has to change it. */
        INVALID,
        /** What the request names does not exist. */
        NOT_FOUND,
        /** The request clashes with what exists or with the present state. */
        CONFLICT,
        /** The caller's role or scope does not allow it. */
        DENIED,
        /** The platform, an app or the machine failed. */
        FAILED
    }
}
