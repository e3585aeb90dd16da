package platform.db.postgresql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The disk guard, in {@code etc/platform.db.disk.cfg}; taken over at once. */
@ObjectClassDefinition(
        id = DiskConfig.PID,
        name = "Disk guard",
        description = "When the disk of the data folder counts as full; what is left is counted beside the reserve")
public @interface DiskConfig {

    String PID = "platform.db.disk";

    @AttributeDefinition(
            name = "Reserve (MB)",
            description = "What is kept aside, and given up when the disk is full; at most 10 % of it, 0 is nothing",
            min = "0",
            max = "100000000")
    int reserve_megabytes() default 500;

    @AttributeDefinition(
            name = "Low (MB)",
            description = "Below this there is an alarm; at most 10 % of the disk, 0 is never",
            min = "0",
            max = "100000000")
    int low_megabytes() default 5000;

    @AttributeDefinition(
            name = "Very low (MB)",
            description = "Below this logs, backups and dumps stop growing; at most 5 % of the disk, 0 is never",
            min = "0",
            max = "100000000")
    int verylow_megabytes() default 1000;

    @AttributeDefinition(
            name = "Full (MB)",
            description =
                    "Below this the databases are read-only, and the reserve is given up; at most 2 % of the disk",
            min = "0",
            max = "100000000")
    int full_megabytes() default 100;
}
