package platform.backup.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears how far the work is, on the thread that does it, some times a second at most. */
@ConsumerType
@FunctionalInterface
public interface BackupProgress {

    /** Hears nothing. */
    BackupProgress NONE = (step, done, total) -> {};

    /**
     * @param step what is being done, such as {@code dump}
     * @param done how many bytes of it are done
     * @param total how many there will be, an estimate where nobody can know; 0 when there is none
     */
    void at(String step, long done, long total);
}
