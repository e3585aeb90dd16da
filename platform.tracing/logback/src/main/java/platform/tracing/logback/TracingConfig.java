package platform.tracing.logback;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator can set in {@code etc/platform.tracing.logback.cfg}; taken over at once. */
@ObjectClassDefinition(id = TracingConfig.PID, name = "Log files")
@interface TracingConfig {

    String PID = "platform.tracing.logback";

    @AttributeDefinition(
            name = "Level",
            description = "The least severe level that is logged: ERROR, WARN, INFO, DEBUG, TRACE")
    String level() default "INFO";

    @AttributeDefinition(name = "Loggers", description = "Other levels for single loggers: <logger>=<level>")
    String[] loggers() default {
        "Events=WARN", // of the framework: each bundle and service that comes or goes
        "com.zaxxer.hikari=WARN",
        "org.apache.aries=WARN",
        "org.apache.felix=WARN",
        "org.apache.sshd=ERROR", // each client that hangs up, as anybody can who reaches the port
        "org.eclipse.jetty=WARN",
        "org.flywaydb=WARN"
    };

    @AttributeDefinition(name = "File size", description = "The size at which a log file is rolled, at least 1MB")
    String fileSize() default "5MB";

    @AttributeDefinition(
            name = "Files",
            description = "How many files a log has, the current one included",
            min = "1",
            max = "1000")
    int files() default 5;
}
