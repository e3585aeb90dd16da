package platform.core.bench.server;

import java.nio.file.Path;

/**
 * What a server is started with.
 *
 * @param keystore a PKCS 12 file
 * @param deflate whether permessage-deflate is agreed on when a client offers it
 */
record Settings(Path keystore, String password, boolean deflate) {

    static final String HOST = "127.0.0.1";
    static final String ECHO = "/echo";
    static final String BROADCAST = "/broadcast";

    /** The longest message; each server has a limit of its own unless it is told one. */
    static final int MAX_MESSAGE = 65_536;
}
