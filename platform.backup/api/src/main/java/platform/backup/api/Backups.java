package platform.backup.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes backups of instances, looks after them and puts them back. A backup is one file; under its name it is complete. Calls
 * block until the work is done, any thread may make them, an interrupt cancels them. What fails leaves everything as it was.
 */
@ProviderType
public interface Backups {

    /** Stands for the manager in place of an instance: its database, the platform's settings and secrets, and the apps. */
    String MANAGER = "manager";

    /** Where backups are kept when nobody says otherwise. */
    Path folder();

    /**
     * Makes a backup of an instance, which goes on meanwhile.
     *
     * @param instance {@code name@domain}, or {@link #MANAGER}
     * @param place where to: the name of a target, or the absolute path of a folder, made if it is not there
     * @throws BackupException when it cannot be made; nothing is left of it
     */
    BackupRun run(String instance, String place, BackupProgress progress);

    /**
     * The complete backups at a place, by instance and time. What is being written is not among them.
     *
     * @throws BackupException when the place cannot be read
     */
    List<BackupFile> list(String place);

    /** The newest backup of an instance at a place. */
    Optional<BackupFile> newest(String instance, String place);

    /**
     * Reads a backup to its end.
     *
     * @return what it says of itself, every byte of which was found to be as it was written
     * @throws BackupException when it is damaged, cannot be opened, or is no backup
     */
    BackupManifest verify(BackupSource file, BackupProgress progress);

    /**
     * What a restore would do, and what it needs.
     *
     * @throws BackupException when the beginning of the file cannot be read
     */
    RestorePlan plan(RestoreRequest request);

    /**
     * Restores. An instance that is there goes on until the restored database is complete and verified; then it is stopped,
     * gets that database and the settings of the backup, and is started again. Its former database is kept for a day.
     *
     * @throws BackupException when the plan has an obstacle or the work fails; the instance is as it was then
     */
    RestoreResult restore(RestoreRequest request, BackupProgress progress);

    /**
     * Restores single tables into the database of the instance that the backup was made of, which goes on. They come into new
     * tables beside the present ones, with their rows and columns and nothing else; or their rows take the place of the present
     * ones, all tables in one transaction, for whose time nobody else reads or writes them.
     *
     * @throws BackupException when the backup has not these tables or is damaged, their columns do not fit those of now, or rows
     *     of other tables refer to rows that would go; then nothing has changed
     */
    TablesResult restoreTables(TablesRequest request, BackupProgress progress);

    /**
     * Proves a backup: restores it into a database of its own, compares it with what the file says, row by row, and removes it.
     *
     * @param appCheck whether the instance's app looks at the restored database, too: it is migrated to the version that is here,
     *     and the app may check what it likes; the manager has none
     * @throws BackupException when it does not prove itself
     */
    DrillResult drill(BackupSource file, boolean appCheck, BackupProgress progress);

    /**
     * What a clone would do, and what it needs.
     *
     * @param instance the instance, {@code name@domain}
     * @param as the new one
     * @param server the database server that it is placed on; empty is the default one
     * @throws BackupException when there is no such instance
     */
    RestorePlan planClone(String instance, String as, Optional<String> server);

    /**
     * Makes a new instance with the database and the settings of another one, which goes on meanwhile. Cut off, nothing is left
     * of it.
     *
     * @param instance the instance, {@code name@domain}
     * @param as the new one
     * @param server the database server that it is placed on; empty is the default one
     * @throws BackupException when the plan has an obstacle or it cannot be made
     */
    CloneResult clone(String instance, String as, Optional<String> server, BackupProgress progress);

    /** When a backup of the instance was last proved; empty when none ever was. */
    Optional<Instant> lastProved(String instance);

    /** For whom backups are encrypted; the platform's key is made if there is none yet and it is among them. */
    BackupKeys keys();

    /** For whom backups are encrypted, by the public keys that there are now. None is made, and no secret one shown. */
    BackupKeys publicKeys();
}
