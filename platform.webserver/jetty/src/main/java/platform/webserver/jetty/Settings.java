package platform.webserver.jetty;

import java.nio.file.Path;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import platform.webserver.api.WebserverException;

/**
 * What the server is started with.
 *
 * @param bind the address to listen on; an unspecified one such as {@code 0.0.0.0} means all
 * @param http the port of plain HTTP; 0 takes any free one
 * @param https the port of HTTPS; 0 takes any free one
 * @param secrets the folder that holds the certificate
 * @param sockets what WebSockets may take
 * @param tls what HTTPS does
 * @param web what holds for requests
 */
record Settings(
        String bind,
        int http,
        int https,
        Path secrets,
        int maxRequests,
        Duration idle,
        int headerBytes,
        SocketLimits sockets,
        TlsSettings tls,
        HttpSettings web) {

    private static final String ALL_ADDRESSES = "0.0.0.0";

    /** A port or address in the file goes before that of the command line: it can be changed while the server runs. */
    static Settings of(BundleContext context, Config config) {
        Bounds.check("http.port", config.http_port(), -1, 65535);
        Bounds.check("https.port", config.https_port(), -1, 65535);
        Bounds.check("max.requests", config.max_requests(), 16, 100_000);
        Bounds.check("idle.seconds", config.idle_seconds(), 1, Bounds.YEAR);
        Bounds.check("request.header.bytes", config.request_header_bytes(), 1024, Bounds.MEGABYTE);
        Path data = data(context);
        String bind = config.bind().strip();
        return new Settings(
                bind.isEmpty() ? property(context, "platform.bind", ALL_ADDRESSES) : bind,
                config.http_port() < 0 ? port(context, "platform.http.port", "8080") : config.http_port(),
                config.https_port() < 0 ? port(context, "platform.https.port", "8443") : config.https_port(),
                data.resolve("secrets"),
                config.max_requests(),
                Duration.ofSeconds(config.idle_seconds()),
                config.request_header_bytes(),
                SocketLimits.of(config),
                TlsSettings.of(config),
                HttpSettings.of(data.resolve("logs"), config));
    }

    /** The data folder. */
    static Path data(BundleContext context) {
        return Path.of(property(context, "platform.data", "data"));
    }

    /** Whether a server that runs can go over to these; otherwise it must be started anew. */
    boolean canFollow(Settings former) {
        return secrets.equals(former.secrets)
                && maxRequests == former.maxRequests
                && idle.equals(former.idle)
                && headerBytes == former.headerBytes
                && sockets.equals(former.sockets)
                && tls.equals(former.tls);
    }

    private static int port(BundleContext context, String name, String fallback) {
        String value = property(context, name, fallback);
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new WebserverException(name + " is '" + value + "': give a port from 0 (any free one) to 65535.");
        }
        return Integer.parseInt(value);
    }

    private static String property(BundleContext context, String name, String fallback) {
        String value = context.getProperty(name);
        return value == null || value.isBlank() ? fallback : value.strip();
    }
}
