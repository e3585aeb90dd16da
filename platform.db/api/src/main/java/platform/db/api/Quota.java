package platform.db.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What a database and its role may use. What is absent has no limit.
 *
 * @param connections how many connections its pool opens at most; the server lets the role have a few more, for the platform's
 *     own work
 * @param statementTime how long a statement may take
 * @param idleInTransaction how long a transaction may stay open while it does nothing
 * @param temporaryBytes what each of its connections may have in temporary files
 * @param softBytes what the database may take on disk before somebody should hear of it
 * @param hardBytes what it may take on disk before nothing can be written any more
 */
public record Quota(
        Optional<Integer> connections,
        Optional<Duration> statementTime,
        Optional<Duration> idleInTransaction,
        Optional<Long> temporaryBytes,
        Optional<Long> softBytes,
        Optional<Long> hardBytes) {

    /** No limit at all. */
    public static final Quota NONE = new Quota(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Quota {
        if (connections.filter(it -> it < 1).isPresent()) {
            throw new IllegalArgumentException("A database needs a connection");
        }
        mustBePositive(statementTime.map(Duration::toMillis));
        mustBePositive(idleInTransaction.map(Duration::toMillis));
        mustBePositive(temporaryBytes);
        mustBePositive(softBytes);
        mustBePositive(hardBytes);
    }

    private static void mustBePositive(Optional<Long> limit) {
        if (limit.filter(it -> it <= 0).isPresent()) {
            throw new IllegalArgumentException("A limit is more than zero");
        }
    }
}
