package platform.backup.api;

import java.util.List;

/**
 * What a move would do.
 *
 * @param as what the instance is called there
 * @param bytes what its database takes on disk
 * @param note why it must be stopped for the whole copy; empty when its changes are told, and it is stopped for the last of them
 * @param obstacles why it cannot be moved, in sentences; empty when it can
 */
public record MovePlan(String instance, String as, long bytes, String note, List<String> obstacles) {

    public MovePlan {
        obstacles = List.copyOf(obstacles);
    }
}
