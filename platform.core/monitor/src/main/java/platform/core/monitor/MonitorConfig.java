package platform.core.monitor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where what is measured is sent, in {@code etc/platform.core.monitor.cfg}; taken over at once. */
@ObjectClassDefinition(name = "Monitoring", description = "Export of what is measured to OpenTelemetry")
public @interface MonitorConfig {

    @AttributeDefinition(
            name = "Endpoint",
            description = "Where a collector takes OTLP over HTTP: https://collector.example.com:4318/v1/metrics. Empty"
                    + " exports nothing")
    String otlp_endpoint() default "";

    @AttributeDefinition(
            name = "Interval (s)",
            description = "How often what is measured is sent, 5 to 3600",
            min = "5",
            max = "3600")
    int otlp_interval() default 60;

    @AttributeDefinition(
            name = "File of headers",
            description = "A file in the folder secrets of the data folder with headers for each request, one a line:"
                    + " Authorization: Bearer abc. They are sent over HTTPS or to this machine only")
    String otlp_headers_file() default "";
}
