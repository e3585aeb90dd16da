package platform.db.postgresql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The nightly window, in {@code etc/platform.db.postgresql.cfg}; taken over at once. */
@ObjectClassDefinition(
        name = "Databases: maintenance",
        description = "When databases are tidied up without being asked")
public @interface MaintenanceConfig {

    @AttributeDefinition(
            name = "From",
            description = "When the nightly window begins, in the machine's time, such as 02:00; off for never")
    String maintenance_from() default "02:00";

    @AttributeDefinition(name = "Minutes", description = "How long it is")
    int maintenance_minutes() default 120;
}
