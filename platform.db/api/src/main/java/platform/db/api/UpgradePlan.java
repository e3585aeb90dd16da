package platform.db.api;

import java.util.List;

/**
 * What an upgrade of the server would do.
 *
 * @param from the version of the data folder, such as {@code 15}
 * @param to the version that would run afterwards, such as {@code 18.3}
 * @param databases the databases that would be copied
 * @param bytesNeeded how much room it takes meanwhile and until the former data folder is removed
 * @param bytesFree how much there is
 * @param obstacles what keeps it from being done, a sentence each that says what to do; empty when nothing does
 * @param warnings what will be missing afterwards, a sentence each that says what to do
 */
public record UpgradePlan(
        String from,
        String to,
        List<String> databases,
        long bytesNeeded,
        long bytesFree,
        List<String> obstacles,
        List<String> warnings) {

    public UpgradePlan {
        databases = List.copyOf(databases);
        obstacles = List.copyOf(obstacles);
        warnings = List.copyOf(warnings);
    }

    /**
     * @throws DatabaseException when something keeps it from being done
     */
    public void requireNoObstacle() {
        if (!obstacles.isEmpty()) {
            throw new DatabaseException("PostgreSQL cannot be upgraded: " + String.join("; ", obstacles));
        }
    }
}
