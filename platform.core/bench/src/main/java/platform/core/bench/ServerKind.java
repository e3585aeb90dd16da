package platform.core.bench;

import java.util.Locale;

/** The servers that are compared. */
enum ServerKind {
    PLATFORM("the platform: the whole distribution, by an instance's path"),
    JETTY_API("Jetty 12.1, Session API"),
    JETTY_CORE("Jetty 12.1, core FrameHandler"),
    NETTY("Netty 4.2, native epoll"),
    UNDERTOW("Undertow 2.4"),
    JETTY_FILES("Jetty 12.1, core ResourceHandler");

    private final String title;

    ServerKind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As in {@code jetty-api}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
