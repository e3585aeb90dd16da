package platform.db.postgresql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The nightly window and what apps may have, in {@code etc/platform.db.postgresql.cfg}; taken over at once. */
@ObjectClassDefinition(
        name = "Databases",
        description = "When databases are tidied up without being asked, and which extensions they may have")
public @interface MaintenanceConfig {

    @AttributeDefinition(
            name = "From",
            description = "When the nightly window begins, in the machine's time, such as 02:00; off for never")
    String maintenance_from() default "02:00";

    @AttributeDefinition(name = "Minutes", description = "How long it is")
    int maintenance_minutes() default 120;

    /** Read by {@link ExtensionSettings} from the file itself: a migration may need it before this arrives. */
    @AttributeDefinition(
            name = "Extensions",
            description = "Extensions that only a superuser may create, and that instances may have all the same: names"
                    + " separated by commas. Each gives instances more than their own database; see SECURITY.md")
    String extensions() default "";
}
