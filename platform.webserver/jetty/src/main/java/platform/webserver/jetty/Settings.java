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
 */
record Settings(
        String bind,
        int http,
        int https,
        Path secrets,
        int maxRequests,
        Duration idle,
        int headerBytes,
        Duration ping) {

    private static final String ALL_ADDRESSES = "0.0.0.0";

    static Settings of(BundleContext context, Config config) {
        return new Settings(
                property(context, "platform.bind", ALL_ADDRESSES),
                port(context, "platform.http.port", "8080"),
                port(context, "platform.https.port", "8443"),
                Path.of(property(context, "platform.data", "data")).resolve("secrets"),
                config.max_requests(),
                Duration.ofSeconds(config.idle_seconds()),
                config.request_header_bytes(),
                Duration.ofSeconds(config.ping_seconds()));
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
