package platform.backup.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The places that backups go to. Calls block until what they ask for is done; any thread may make them. */
@ProviderType
public interface BackupTargets {

    /** All targets, by name. Nothing is asked of them. */
    List<TargetInfo> list();

    /**
     * Adds a target, or replaces the one of this name. It is not written to.
     *
     * @throws BackupException when a part does not have its form; when it lies on this very platform, in an instance that is not
     *     excluded or in the data folder; when it is an SSH server and the fingerprint of its key is not given: the message tells
     *     the one that the server shows
     */
    TargetInfo add(TargetSetup setup);

    /**
     * Forgets a target with its secret. What it holds stays there.
     *
     * @throws BackupException when there is none of this name
     */
    void remove(String name);

    /**
     * Writes, lists, reads and deletes a small file, once each and without retries. Ends at the first step that fails.
     *
     * @throws BackupException when there is none of this name
     */
    TargetTest test(String name);
}
