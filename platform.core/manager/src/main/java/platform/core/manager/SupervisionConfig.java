package platform.core.manager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How services and instances are supervised, in {@code etc/platform.core.manager.supervision.cfg}; taken over at once. */
@ObjectClassDefinition(
        name = "Supervision",
        description = "How services and instances are watched, and when they are tried again; times in seconds")
public @interface SupervisionConfig {

    @AttributeDefinition(
            name = "First pause",
            description = "How long a first failure waits; each further one twice that",
            min = "1",
            max = "31536000")
    int restart_pause() default 1;

    @AttributeDefinition(name = "Longest pause", description = "What the doubling ends at", min = "1", max = "31536000")
    int restart_longest_pause() default 300;

    @AttributeDefinition(
            name = "Healthy",
            description = "How long without trouble makes former failures forgotten",
            min = "1",
            max = "31536000")
    int restart_healthy() default 600;

    @AttributeDefinition(
            name = "Quarantine",
            description = "How many failures within the period make it wait for an administrator; 0 for never",
            min = "0",
            max = "1000000")
    int quarantine_failures() default 5;

    @AttributeDefinition(
            name = "Quarantine period",
            description = "The time in which failures are counted",
            min = "1",
            max = "31536000")
    int quarantine_period() default 600;

    @AttributeDefinition(
            name = "Start limit",
            description = "How long a service or an instance may take to start",
            min = "1",
            max = "31536000")
    int start_limit() default 60;

    @AttributeDefinition(
            name = "Stop limit",
            description = "How long it may take to close before it is abandoned",
            min = "1",
            max = "31536000")
    int stop_limit() default 4;

    @AttributeDefinition(
            name = "Health period",
            description = "How often instances are asked how they are",
            min = "1",
            max = "31536000")
    int health_period() default 10;

    @AttributeDefinition(
            name = "Health limit",
            description = "How long the answer may take",
            min = "1",
            max = "31536000")
    int health_limit() default 5;

    @AttributeDefinition(
            name = "Start grace",
            description = "How long after its start an instance need not be well yet",
            min = "1",
            max = "31536000")
    int health_grace() default 30;

    @AttributeDefinition(
            name = "Health failures",
            description = "How many bad answers in a row make it be restarted; 0 for never",
            min = "0",
            max = "1000000")
    int health_failures() default 3;

    @AttributeDefinition(
            name = "Stuck limit",
            description = "How long a task of an instance's executor may run",
            min = "1",
            max = "31536000")
    int stuck_limit() default 60;

    @AttributeDefinition(
            name = "Leak limit",
            description = "How long the classes of a version that is gone may stay in memory",
            min = "1",
            max = "31536000")
    int leak_limit() default 3600;
}
