package platform.core.api;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * That an instance goes to another platform, or has gone there.
 *
 * @param address where it is now; empty while it is not known whether it has arrived
 * @param until when what is left of it here may be deleted; empty while it is not known whether it has arrived
 */
public record Departure(Optional<URI> address, Optional<Instant> until) {

    /** It is on its way. */
    public static final Departure UNDECIDED = new Departure(Optional.empty(), Optional.empty());

    /** Why it does not run here, a sentence. */
    public String reason() {
        return address.map(it -> "It was moved to " + it + ".").orElse("It is being moved to another platform.");
    }
}
