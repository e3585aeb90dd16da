package platform.backup.api;

import java.time.Duration;

/**
 * An instance that was made as the copy of another.
 *
 * @param instance which
 * @param password its instance password: the only time that it is shown. Never in {@link #toString()}
 * @param rows how many rows its tables have
 * @param took how long it took
 */
public record CloneResult(String instance, String password, long rows, Duration took) {

    @Override
    public String toString() {
        return "CloneResult[instance=" + instance + ", rows=" + rows + "]";
    }
}
