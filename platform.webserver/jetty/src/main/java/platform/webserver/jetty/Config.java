package platform.webserver.jetty;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the webserver, in {@code etc/platform.webserver.jetty.cfg}. The defaults suit small machines and large. */
@ObjectClassDefinition(name = "Webserver", description = "Limits of the shared webserver")
public @interface Config {

    @AttributeDefinition(name = "Requests at a time", description = "Further requests wait for a free thread")
    int max_requests() default 256;

    @AttributeDefinition(name = "Idle time (s)", description = "A connection without any traffic is closed after it")
    int idle_seconds() default 60;

    @AttributeDefinition(
            name = "Largest request header (bytes)",
            description = "Request line and headers; a larger one is answered 431")
    int request_header_bytes() default 16384;

    @AttributeDefinition(
            name = "Ping of idle WebSockets (s)",
            description = "A socket that does not answer a ping for as long again is closed")
    int ping_seconds() default 240;
}
