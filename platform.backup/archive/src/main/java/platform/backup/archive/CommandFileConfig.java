package platform.backup.archive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The command file, in {@code etc/platform.backup.CommandFile.cfg}; taken over at once. Off without an address. */
@ObjectClassDefinition(name = "Backup: command file", description = "Backups by a file that a web server says")
public @interface CommandFileConfig {

    @AttributeDefinition(
            name = "URL",
            description = "Where it is, http or https; may hold a user and a password. Empty is off",
            type = AttributeType.PASSWORD)
    String url() default "";

    @AttributeDefinition(name = "Interval", description = "How often it is fetched, such as 15m")
    String interval() default "15m";

    @AttributeDefinition(
            name = "Zone",
            description = "The time zone of the hours in the file, such as Europe/Berlin; empty for the machine's")
    String zone() default "";
}
