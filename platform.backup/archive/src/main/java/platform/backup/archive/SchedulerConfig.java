package platform.backup.archive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What holds for all schedules, in {@code etc/platform.backup.scheduler.cfg}; taken over at once. */
@ObjectClassDefinition(name = "Backup: scheduler", description = "What holds for all schedules and the command file")
public @interface SchedulerConfig {

    /** The setting's file without its ending. */
    String PID = "platform.backup.scheduler";

    @AttributeDefinition(
            name = "Parallel",
            description = "How many instances are backed up at a time, 1 to 8",
            min = "1",
            max = "8")
    int parallel() default 1;
}
