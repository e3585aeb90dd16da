package platform.webserver.jetty;

import java.nio.file.Path;

/** Settings as a new platform has them, but that nothing is written down. */
final class HttpSettingsFixture {

    static final AccessLogSettings NO_LOG = new AccessLogSettings(false, Path.of("unused"), 1 << 20, 2, false);

    static final HttpSettings DEFAULT = with(HttpLimits.DEFAULT);

    private HttpSettingsFixture() {}

    static HttpSettings with(HttpLimits limits) {
        return new HttpSettings(limits, Proxies.NONE, false, false, 1024, NO_LOG);
    }

    static HttpSettings with(String proxies) {
        return new HttpSettings(HttpLimits.DEFAULT, Proxies.parse(proxies), false, false, 1024, NO_LOG);
    }

    static HttpSettings with(AccessLogSettings log) {
        return new HttpSettings(HttpLimits.DEFAULT, Proxies.NONE, false, false, 1024, log);
    }
}
