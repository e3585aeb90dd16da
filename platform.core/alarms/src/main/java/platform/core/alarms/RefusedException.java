package platform.core.alarms;

import java.io.IOException;

/** The other side does not take a message, and will not take it later as it is. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
