package platform.core.child;

import java.io.IOException;

/** The process has ended a connection before all of an answer had come. */
final class ConnectionEndedException extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionEndedException() {
        super("The process ended its connection");
    }
}
