package platform.webserver.jetty;

/** The codes of RFC 6455 7.4 and of its registry. */
final class CloseCodes {

    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int NONE = 1005;
    static final int VANISHED = 1006;
    static final int BAD_PAYLOAD = 1007;
    static final int TOO_LARGE = 1009;
    static final int SERVER_ERROR = 1011;
    static final int SERVICE_RESTART = 1012;
    static final int TRY_AGAIN = 1013;

    private CloseCodes() {}

    /** Whether a close frame may carry it. */
    static boolean isSendable(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }
}
