package platform.core.manager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much is kept of alarms that are over, in {@code etc/platform.core.manager.alarms.cfg}; taken over at once. */
@ObjectClassDefinition(name = "Alarms: history", description = "How much is kept of alarms that are over")
public @interface AlarmConfig {

    @AttributeDefinition(
            name = "Days",
            description = "How many days an alarm is kept after its end, at least 1",
            min = "1",
            max = "36500")
    int history_days() default 90;

    @AttributeDefinition(name = "Rows", description = "How many are kept at most, 1 to 10000", min = "1", max = "10000")
    int history_rows() default AlarmRetention.ROWS;
}
