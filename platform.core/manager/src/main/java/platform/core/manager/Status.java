package platform.core.manager;

import java.time.Instant;
import java.util.Optional;
import platform.core.api.State;

/**
 * A state with why and since when.
 *
 * @param nextAttempt when it is tried again; empty unless it has failed and trying again can help
 */
record Status(State state, String reason, Instant since, Optional<Instant> nextAttempt) {}
