package platform.core.manager;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import platform.core.api.State;

/** A state with why and since when. */
record Status(State state, String reason, Instant since) {

    static Status of(State state, String reason, Clock clock) {
        return new Status(state, reason, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** The same state for another reason: since when does not change. */
    Status because(String newReason) {
        return new Status(state, newReason, since);
    }
}
