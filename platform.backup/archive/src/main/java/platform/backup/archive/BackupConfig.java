package platform.backup.archive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** For whom backups are encrypted, in {@code etc/platform.backup.archive.cfg}; taken over at once. */
@ObjectClassDefinition(name = "Backups", description = "For whom backups are encrypted")
public @interface BackupConfig {

    @AttributeDefinition(
            name = "Own key",
            description =
                    "Whether the platform itself can read its backups, with its key in secrets/backup.keys. Without,"
                            + " it can neither restore nor prove them")
    boolean own_key() default true;

    @AttributeDefinition(
            name = "Recipients",
            description = "Public keys of age's, age1…, that can read them besides, separated by commas")
    String recipients() default "";
}
