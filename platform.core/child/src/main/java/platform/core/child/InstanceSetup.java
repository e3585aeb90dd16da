package platform.core.child;

import java.util.Map;
import platform.db.api.DatabaseAccess;

/**
 * An instance that a process is to start: what an {@code AppContext} is made of there.
 *
 * @param password never in {@link #toString()}
 * @param formerPassword accepted besides until then; null for none
 * @param formerUntil milliseconds since 1970
 * @param tasks how many of its tasks may wait
 */
public record InstanceSetup(
        String id,
        Map<String, String> settings,
        String password,
        String formerPassword,
        long formerUntil,
        DatabaseAccess database,
        String webPath,
        String folder,
        long tasks) {

    @Override
    public String toString() {
        return "InstanceSetup[" + id + "]";
    }
}
