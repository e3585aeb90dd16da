package platform.backup.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Instances as single files that go to another platform: with all their data, settings and passwords, in the form of a backup.
 * Calls block until the work is done, any thread may make them, an interrupt cancels them.
 */
@ProviderType
public interface InstanceFiles {

    /**
     * Writes an instance, which goes on meanwhile, to a file.
     *
     * @throws BackupException when it cannot be written; nothing is left of it
     */
    ExportResult exportTo(ExportRequest request, BackupProgress progress);

    /**
     * Makes the instance of a file. It gets the name, the path, the host and the password that it had, unless it is called
     * otherwise.
     *
     * @param request the file, and what the instance shall be called
     * @param keys secret keys that are tried besides the platform's own
     * @throws BackupException when there is an instance of that name, no key opens the file, or as {@link Backups#restore}
     */
    RestoreResult importFrom(RestoreRequest request, List<String> keys, BackupProgress progress);
}
