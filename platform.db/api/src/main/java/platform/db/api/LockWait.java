package platform.db.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A session that waits for a lock.
 *
 * @param process the session's process on the server
 * @param blockedBy the processes that it waits for
 * @param mode the lock it wants, such as {@code AccessExclusiveLock}
 * @param table the table it is about; absent when it is about something else, such as a row's transaction
 * @param waiting for how long
 */
public record LockWait(int process, List<Integer> blockedBy, String mode, Optional<String> table, Duration waiting) {

    public LockWait {
        blockedBy = List.copyOf(blockedBy);
    }
}
