package platform.backup.archive;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import platform.backup.api.BackupProgress;
import platform.backup.api.Backups;
import platform.backup.api.RunOutcome;

/**
 * Makes the backups that a schedule or a command file asks for. Several threads may call it at a time, for different
 * instances. An interrupt ends a backup early, and nothing is left of it then.
 */
interface BackupRunner {

    /** The instance that stands for the platform itself. */
    String MANAGER = Backups.MANAGER;

    /**
     * What has become of a backup.
     *
     * @param bytes how large it is
     * @param outcome {@code COMPLETE} only when everything is on the target and was found to be
     * @param problem what is wrong, a sentence that says what to do; empty when nothing is
     */
    record Result(long bytes, RunOutcome outcome, String problem) {}

    /** A complete backup on a target. */
    record Kept(String name, Instant modified) {}

    /**
     * Backs an instance up, into a file that appears under its name when it is complete, in place of one that is there.
     *
     * @param instance {@code name@domain}, or {@link #MANAGER}
     * @param target its name, or the absolute path of a folder
     * @param name folders and file, as {@link Target} allows them
     * @param progress hears how far it is
     * @throws platform.backup.api.BackupException when it fails
     */
    Result backUp(String instance, String target, String name, BackupProgress progress) throws InterruptedException;

    /** Backs an instance up by an HTTP PUT to this very address. */
    Result put(String instance, URI url, BackupProgress progress) throws InterruptedException;

    /**
     * Proves a backup on a target: by itself, and by its instance's app.
     *
     * @throws platform.backup.api.BackupException when it does not prove itself
     */
    void prove(String target, String name) throws InterruptedException;

    /** The complete backups on a target whose names begin so. */
    List<Kept> kept(String target, String prefix);

    /** Removes a backup; does nothing when there is none. */
    void delete(String target, String name);
}
