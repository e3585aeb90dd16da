package platform.db.api;

import java.time.Duration;

/**
 * What a database and its role use now.
 *
 * @param connections how many connections there are
 * @param longestStatement how long the oldest running statement takes already; zero when none runs
 * @param longestIdle how long the oldest transaction that does nothing does so already; zero when there is none
 * @param temporaryBytes what is in temporary files
 * @param bytes what the database takes on disk
 * @param closed whether nothing can be written because it takes too much
 */
public record QuotaUse(
        int connections,
        Duration longestStatement,
        Duration longestIdle,
        long temporaryBytes,
        long bytes,
        boolean closed) {}
