package platform.webserver.jetty;

import java.time.Duration;

/** Limits as a new platform has them, but that nobody waits long. */
final class SocketLimitsFixture {

    static final SocketLimits DEFAULT = new SocketLimits(
            1000,
            500,
            1000,
            1000,
            1024 * 1024,
            1024 * 1024,
            32L * 1024 * 1024,
            128L * 1024 * 1024,
            256,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    private SocketLimitsFixture() {}
}
