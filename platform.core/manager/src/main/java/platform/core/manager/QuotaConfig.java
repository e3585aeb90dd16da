package platform.core.manager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What instances may use when nothing else was set for them, in {@code etc/platform.core.manager.cfg}; taken over at once. */
@ObjectClassDefinition(
        name = "Instances: quotas and limits",
        description = "What an instance may use unless instance:quota or instance:limit has set it otherwise;"
                + " none for no limit")
public @interface QuotaConfig {

    @AttributeDefinition(name = "Connections", description = "How many it may have open at once")
    String quota_connections() default "5";

    @AttributeDefinition(name = "Statement time", description = "How long a statement may take, such as 90s, 15m or 2h")
    String quota_statement_time() default "15m";

    @AttributeDefinition(
            name = "Idle in transaction",
            description = "How long a transaction may stay open while it does nothing, such as 5m")
    String quota_idle_in_transaction() default "5m";

    @AttributeDefinition(
            name = "Temporary files",
            description = "What each connection may have in temporary files, such as 512MB or 1GB")
    String quota_temp() default "1GB";

    @AttributeDefinition(
            name = "Soft size",
            description = "The size of its database that raises an alarm, such as 10GB")
    String quota_size_soft() default "none";

    @AttributeDefinition(
            name = "Hard size",
            description = "The size of its database beyond which nothing can be added or changed, such as 20GB")
    String quota_size_hard() default "none";

    @AttributeDefinition(
            name = "Requests",
            description = "How many may be answered or wait at a time; further ones are answered 503. Fewer than the"
                    + " webserver has threads (max.requests), so that one instance cannot take them all")
    String limit_requests() default "192";

    @AttributeDefinition(name = "WebSockets", description = "How many may be open; further ones are answered 503")
    String limit_sockets() default "none";

    @AttributeDefinition(name = "Tasks", description = "How many of the app's tasks may wait for its executor")
    String limit_tasks() default "100000";

    @AttributeDefinition(name = "Log", description = "What may be written into its log in an hour, such as 100MB")
    String limit_log() default "1GB";

    @AttributeDefinition(
            name = "Period",
            description = "How often, in seconds, the platform looks at what is used",
            min = "1",
            max = "86400")
    int quota_period() default 30;
}
