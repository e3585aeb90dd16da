package platform.core.manager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the machine's clock is watched, in {@code etc/platform.core.manager.clock.cfg}; taken over at once. */
@ObjectClassDefinition(name = "Clock", description = "When an alarm says that the machine's clock is off")
public @interface ClockConfig {

    @AttributeDefinition(
            name = "Servers",
            description = "Time servers (NTP) to compare with, separated by commas: ntp1.example.com,ntp2.example.com;"
                    + " none are asked without this")
    String servers() default "";

    @AttributeDefinition(
            name = "Tolerance",
            description = "How many seconds the clock may be off, or jump",
            min = "1",
            max = "86400")
    int tolerance_seconds() default 5;

    @AttributeDefinition(
            name = "Period",
            description = "How often, in minutes, the time servers are asked",
            min = "1",
            max = "525600")
    int period_minutes() default 60;
}
