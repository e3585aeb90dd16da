package platform.backup.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Restores an instance to any moment: by continuous archiving of the platform's database server, base backups and its write-ahead
 * log, which go to a target encrypted as backups are. The service is there when the server is the platform's own. The setting
 * is the file {@code etc/platform.backup.PointInTime.cfg}. Any thread may call it.
 */
@ProviderType
public interface PointInTime {

    /**
     * Archives from now on. Returns when the log is archived; the first base backup begins a moment later.
     *
     * @throws BackupException when a value is not allowed, there is no such target, or nothing is archived
     */
    ArchiveStatus on(ArchiveSetup setup);

    /** Archives no more. What is on the target can be restored for as long as it would have been. */
    ArchiveStatus off();

    /**
     * Removes all that has ended from its targets: what was archived before a gap, before another target, or before it was switched
     * off. Nothing can be restored to a time of it any more.
     *
     * @throws BackupException when a target does not do it; what is left can be removed by another call
     */
    ArchiveStatus removeEnded();

    ArchiveStatus status();

    /**
     * What a restore would do, and what it needs.
     *
     * @throws BackupException when it cannot be done; the message says why, and to when one can restore
     */
    TimeRestorePlan plan(TimeRestoreRequest request);

    /**
     * Restores: brings all databases back on a server of its own, takes the instance's from there, and puts it in the place of
     * the one that there is as {@link Backups#restore} does. Blocks until it is done; an interrupt cancels it. What fails
     * leaves everything as it was.
     *
     * @throws BackupException when it fails
     */
    RestoreResult restore(TimeRestoreRequest request, BackupProgress progress);
}
