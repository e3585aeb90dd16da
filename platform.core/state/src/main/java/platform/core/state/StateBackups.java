package platform.core.state;

import java.util.function.Supplier;
import platform.backup.api.BackupException;
import platform.core.api.PlatformException;

/** What the parts that are about backups have in common. */
final class StateBackups {

    private StateBackups() {}

    /** What backups cannot do is said as everything else that fails. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (BackupException e) {
            throw PlatformException.failed(e.getMessage(), e);
        }
    }
}
