package platform.webserver.jetty;

import java.time.Duration;

/**
 * What a client may ask for.
 *
 * @param headers fields of a request's header
 * @param uri characters of a request's path and query
 * @param body bytes of a request's body, where the servlet has no limit of its own
 * @param headerTime how long a header may take from its first byte to its last
 * @param bodyRate bytes a second that a body must come with
 * @param connections of one address at a time; 0 is any number
 * @param requests of one address a second; 0 is any number
 */
record HttpLimits(int headers, int uri, long body, Duration headerTime, int bodyRate, int connections, int requests) {

    private static final long MEGABYTE = 1024 * 1024;

    static final HttpLimits DEFAULT = new HttpLimits(100, 8192, 64 * MEGABYTE, Duration.ofSeconds(20), 500, 4096, 0);

    HttpLimits {
        Bounds.check("request.headers", headers, 1, 10_000);
        Bounds.check("request.uri.bytes", uri, 64, MEGABYTE);
        Bounds.check("request.body.megabytes", body / MEGABYTE, 1, 1024 * MEGABYTE);
        Bounds.check("request.header.seconds", headerTime.toSeconds(), 1, 3600);
        Bounds.check("request.body.rate", bodyRate, 0, 1024 * MEGABYTE);
        Bounds.check("address.connections", connections, 0, Integer.MAX_VALUE);
        Bounds.check("address.requests", requests, 0, 1_000_000);
    }

    /**
     * Whether a request of this size needs no further look.
     *
     * @param length of path and query
     * @param count of header fields
     */
    boolean admit(int length, int count) {
        return requests == 0 && length <= uri && count <= headers;
    }

    static HttpLimits of(Config config) {
        return new HttpLimits(
                config.request_headers(),
                config.request_uri_bytes(),
                config.request_body_megabytes() * MEGABYTE,
                Duration.ofSeconds(config.request_header_seconds()),
                config.request_body_rate(),
                config.address_connections(),
                config.address_requests());
    }
}
