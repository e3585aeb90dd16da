package app.files;

import java.time.Duration;
import java.time.Instant;

/**
 * A write lock (RFC 4918, section 6).
 *
 * @param token its state token, a URI
 * @param entry what was locked
 * @param exclusive whether nobody else may hold a lock beside it
 * @param deep whether it also holds for all below the entry
 * @param owner the element by which its creator wants to be known; may be empty
 * @param expires when it ends by itself
 */
record Lock(String token, long entry, boolean exclusive, boolean deep, String owner, Instant expires) {

    /** Whole seconds that remain at this time. */
    long remaining(Instant now) {
        return Math.max(0, Duration.between(now, expires).toSeconds());
    }

    boolean conflictsWith(boolean otherExclusive) {
        return exclusive || otherExclusive;
    }
}
