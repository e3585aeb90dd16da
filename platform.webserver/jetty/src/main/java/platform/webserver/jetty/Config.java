package platform.webserver.jetty;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the webserver, in {@code etc/platform.webserver.jetty.cfg}. The defaults suit small machines and large. */
@ObjectClassDefinition(name = "Webserver", description = "Limits of the shared webserver")
public @interface Config {

    @AttributeDefinition(
            name = "Port of HTTP",
            description = "0 takes any free one; -1 is that of the command line",
            min = "-1",
            max = "65535")
    int http_port() default -1;

    @AttributeDefinition(
            name = "Port of HTTPS",
            description = "0 takes any free one; -1 is that of the command line",
            min = "-1",
            max = "65535")
    int https_port() default -1;

    @AttributeDefinition(name = "Address to listen on", description = "Empty is that of the command line")
    String bind() default "";

    @AttributeDefinition(
            name = "Requests at a time",
            description = "Further requests wait for a free thread",
            min = "16",
            max = "100000")
    int max_requests() default 256;

    @AttributeDefinition(
            name = "Idle time (s)",
            description = "A connection without any traffic is closed after it",
            min = "1",
            max = "31536000")
    int idle_seconds() default 60;

    @AttributeDefinition(
            name = "Largest request header (bytes)",
            description = "Request line and headers; a larger one is answered 431",
            min = "1024",
            max = "1048576")
    int request_header_bytes() default 16384;

    @AttributeDefinition(
            name = "Most request headers",
            description = "A request with more is answered 431",
            min = "1",
            max = "10000")
    int request_headers() default 100;

    @AttributeDefinition(
            name = "Longest request URI (bytes)",
            description = "Path and query; a longer one is answered 414",
            min = "64",
            max = "1048576")
    int request_uri_bytes() default 8192;

    @AttributeDefinition(
            name = "Largest request body (MB)",
            description = "A larger one is answered 413. Does not bind servlets that an app gave a limit of their own",
            min = "1",
            max = "1000000")
    long request_body_megabytes() default 64;

    @AttributeDefinition(
            name = "Patience with request headers (s)",
            description = "A header that takes longer from its first byte to its last is answered 408",
            min = "1",
            max = "3600")
    int request_header_seconds() default 20;

    @AttributeDefinition(
            name = "Slowest request body (bytes a second)",
            description = "A slower one is answered 408 after ten seconds of waiting; 0 has patience",
            min = "0",
            max = "100000000")
    int request_body_rate() default 500;

    @AttributeDefinition(
            name = "Connections of an address",
            description = "Open at a time; further ones are refused. 0 is any number. Not of loopback and proxies",
            min = "0",
            max = "10000000")
    int address_connections() default 4096;

    @AttributeDefinition(
            name = "Requests of an address a second",
            description = "Further ones are answered 429. 0 is any number. Not of loopback and proxies",
            min = "0",
            max = "1000000")
    int address_requests() default 0;

    @AttributeDefinition(
            name = "Compress responses from (bytes)",
            description = "Smaller ones are sent as they are; 0 compresses none",
            min = "0",
            max = "536870912")
    int compress_bytes() default 1024;

    @AttributeDefinition(
            name = "Proxies",
            description = "Addresses and blocks such as 10.0.0.0/8 whose Forwarded and X-Forwarded-* are believed")
    String proxies() default "";

    @AttributeDefinition(
            name = "PROXY protocol on the port of HTTP",
            description = "The proxies begin each connection with it, version 1 or 2")
    boolean http_proxy_protocol() default false;

    @AttributeDefinition(
            name = "PROXY protocol on the port of HTTPS",
            description = "The proxies begin each connection with it, version 1 or 2")
    boolean https_proxy_protocol() default false;

    @AttributeDefinition(name = "Access log", description = "Each request is a line in logs/APP/access.log")
    boolean access_log() default true;

    @AttributeDefinition(
            name = "Size of an access log's file (MB)",
            description = "At which it is rolled",
            min = "1",
            max = "1024")
    int access_log_megabytes() default 10;

    @AttributeDefinition(
            name = "Files of an access log",
            description = "The current one included",
            min = "1",
            max = "1000")
    int access_log_files() default 5;

    @AttributeDefinition(name = "Queries in the access log", description = "They may hold what is secret")
    boolean access_log_query() default false;

    @AttributeDefinition(
            name = "WebSockets",
            description = "Open at a time; a further one is answered 503",
            min = "1",
            max = "10000000")
    int sockets() default 100_000;

    @AttributeDefinition(
            name = "WebSockets of an instance",
            description = "Open at a time; a further one is answered 503",
            min = "1",
            max = "10000000")
    int instance_sockets() default 50_000;

    @AttributeDefinition(
            name = "New WebSockets a second",
            description = "Further ones are answered 503",
            min = "1",
            max = "10000000")
    int socket_upgrades() default 20_000;

    @AttributeDefinition(
            name = "New WebSockets of an instance a second",
            description = "Further ones are answered 503",
            min = "1",
            max = "10000000")
    int instance_socket_upgrades() default 20_000;

    @AttributeDefinition(
            name = "Largest WebSocket message (bytes)",
            description =
                    "Decompressed; a larger one closes its socket with 1009. Does not bind apps that take messages in parts",
            min = "1",
            max = "536870912")
    int socket_message_bytes() default 1024 * 1024;

    @AttributeDefinition(
            name = "Queue of a WebSocket (bytes)",
            description = "What waits for a slow peer; further messages are refused",
            min = "1",
            max = "536870912")
    int socket_queue_bytes() default 1024 * 1024;

    @AttributeDefinition(
            name = "Memory for an instance's WebSockets (MB)",
            description = "For all that waits: for slow peers, for a slow app, for the rest of a message",
            min = "1",
            max = "1000000")
    int instance_socket_buffer_megabytes() default 32;

    @AttributeDefinition(
            name = "Memory for all WebSockets (MB)",
            description = "For all that waits, of all instances",
            min = "1",
            max = "1000000")
    int socket_buffer_megabytes() default 128;

    @AttributeDefinition(
            name = "Compress WebSocket messages from (bytes)",
            description = "Smaller ones are sent as they are",
            min = "1",
            max = "536870912")
    int socket_compress_bytes() default 256;

    @AttributeDefinition(
            name = "Ping of idle WebSockets (s)",
            description = "A socket that does not answer a ping for as long again is closed",
            min = "1",
            max = "31536000")
    int ping_seconds() default 240;

    @AttributeDefinition(
            name = "Patience with slow WebSockets (s)",
            description = "A peer that takes nothing of what waits for it, or less than 32 KB, is closed with 1013",
            min = "1",
            max = "31536000")
    int slow_socket_seconds() default 30;

    @AttributeDefinition(
            name = "Patience with closing WebSockets (s)",
            description = "How long a peer may take to answer a close before its connection is cut",
            min = "1",
            max = "31536000")
    int socket_close_seconds() default 3;

    @AttributeDefinition(
            name = "Host names",
            description =
                    "The names the webserver is reached by, separated by commas; imported certificates should fit them")
    String hosts() default "";

    @AttributeDefinition(
            name = "Redirect HTTP to HTTPS",
            description = "Answers plain HTTP with 308, but not to clients on the same machine")
    boolean redirect_https() default false;

    @AttributeDefinition(
            name = "HSTS (days)",
            description =
                    "How long browsers shall use nothing but HTTPS for a host with a certificate that is not self-signed; 0 is off",
            min = "0",
            max = "36500")
    int hsts_days() default 365;
}
