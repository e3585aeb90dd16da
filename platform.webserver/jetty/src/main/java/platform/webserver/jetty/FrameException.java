package platform.webserver.jetty;

/** The peer broke the protocol or a limit: the socket is closed with the code and the message as its reason. */
final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    FrameException(int code, String reason) {
        // A client causes it at will: it must cost little.
        super(reason, null, false, false);
        this.code = code;
    }

    static FrameException protocol(String reason) {
        return new FrameException(CloseCodes.PROTOCOL_ERROR, reason);
    }

    int code() {
        return code;
    }
}
