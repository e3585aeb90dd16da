package platform.backup.archive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Continuous archiving, in {@code etc/platform.backup.PointInTime.cfg}; taken over at once. Off without a target. */
@ObjectClassDefinition(
        name = "Backup: point in time",
        description = "Continuous archiving, for restoring to any moment")
public @interface PointInTimeConfig {

    @AttributeDefinition(
            name = "Target",
            description = "Where to: the name of a target, or the absolute path of a folder. Empty is off")
    String target() default "";

    @AttributeDefinition(name = "Every", description = "How often a base backup is made, such as 24h")
    String every() default "24h";

    @AttributeDefinition(name = "Keep", description = "How far back one can restore, such as 7d")
    String keep() default "7d";
}
