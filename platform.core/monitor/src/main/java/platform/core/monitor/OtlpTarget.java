package platform.core.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector that what is measured is sent to.
 *
 * @param headers of each request
 */
record OtlpTarget(URI endpoint, Map<String, String> headers) {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpTarget.class);
    private static final String FILE = " in etc/platform.core.monitor.cfg";

    /**
     * The configured one; empty when there is none.
     *
     * @param secrets the folder of the file of headers
     * @throws IllegalArgumentException when a setting is wrong; the message says which, and what to do
     */
    static Optional<OtlpTarget> of(MonitorConfig config, Path secrets) {
        if (config.otlp_endpoint().isBlank()) {
            return Optional.empty();
        }
        URI endpoint = endpoint(config.otlp_endpoint().strip());
        return Optional.of(new OtlpTarget(
                endpoint, headers(endpoint, config.otlp_headers_file().strip(), secrets)));
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            LOG.debug("{} is no address", text, e);
        }
        throw new IllegalArgumentException("otlp.endpoint" + FILE + " is '" + text
                + "'. Give the address of a collector: https://collector.example.com:4318/v1/metrics");
    }

    private static Map<String, String> headers(URI endpoint, String file, Path secrets) {
        if (file.isEmpty()) {
            return Map.of();
        }
        if (!endpoint.getScheme().equals("https") && !isThisMachine(endpoint.getHost())) {
            throw new IllegalArgumentException(
                    "otlp.headers.file" + FILE + " would be sent to " + endpoint + " for everybody to read: use https");
        }
        Path path = secrets.resolve(Path.of(file).getFileName());
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line : Files.readAllLines(path)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip());
                }
            }
            return headers;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "otlp.headers.file" + FILE + ": " + path
                            + " cannot be read. Write the headers into it, and let only the platform's user read it",
                    e);
        }
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            LOG.debug("{} has no address", host, e);
            return false;
        }
    }
}
