package platform.db.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How a database of the platform stands, as its server sees it from outside.
 *
 * @param name the database's name
 * @param server the name of the server that it is on
 * @param role the role that owns it
 * @param bytes what it takes on disk
 * @param connections how many there are now
 * @param cacheHitRatio the part of its blocks that were read from the server's memory, 0 to 1; absent when none was read
 * @param longestTransaction how long the oldest open transaction lasts; absent when none is open
 * @param waitingLocks how many of its sessions wait for a lock that another one holds
 * @param deadlocks how many there have been since the server's statistics began
 * @param temporaryBytes what its queries have written to temporary files since then
 */
public record DatabaseStatus(
        String name,
        String server,
        String role,
        long bytes,
        int connections,
        Optional<Double> cacheHitRatio,
        Optional<Duration> longestTransaction,
        int waitingLocks,
        long deadlocks,
        long temporaryBytes) {

    /** Whether it is on the platform's own server, whose data are on the disk of the data folder. */
    public boolean isEmbedded() {
        return server.equals(DatabaseServers.EMBEDDED);
    }
}
