package platform.db.postgresql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The databases of instances, in {@code etc/platform.db.postgresql.instances.cfg}; taken over at once. */
@ObjectClassDefinition(
        name = "Databases: instances",
        description =
                "The connections of the instances to their databases, and databases that are kept ready for new ones")
public @interface InstancesConfig {

    @AttributeDefinition(
            name = "Pool size",
            description = "How many connections an instance has at most",
            min = "1",
            max = "1000")
    int pool_size() default 5;

    @AttributeDefinition(
            name = "Pool patience",
            description = "How many milliseconds a borrower waits for a connection, 100 or more",
            min = "100",
            max = "3600000")
    int pool_patience_milliseconds() default 5000;

    @AttributeDefinition(
            name = "Pool leak",
            description = "A connection that is out for more seconds is named in the log, with who borrowed it",
            min = "1",
            max = "31536000")
    int pool_leak_seconds() default 300;

    @AttributeDefinition(
            name = "Spare databases",
            description =
                    "How many are kept ready, so that an instance is made quickly, empty and for each of the two apps"
                            + " used last, 0 to 100; each takes 8 MB",
            min = "0",
            max = "100")
    int spares() default 3;
}
