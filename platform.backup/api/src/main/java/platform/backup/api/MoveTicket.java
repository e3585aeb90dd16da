package platform.backup.api;

import java.time.Instant;

/**
 * What lets one instance in.
 *
 * @param ticket the secret; it is kept nowhere and never in {@link #toString()}
 * @param until how long it can be used
 */
public record MoveTicket(String ticket, Instant until) {

    @Override
    public String toString() {
        return "MoveTicket[until " + until + "]";
    }
}
