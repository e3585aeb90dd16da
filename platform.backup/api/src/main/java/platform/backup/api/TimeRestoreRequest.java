package platform.backup.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What shall be restored to an earlier time.
 *
 * @param instance the instance, {@code name@domain}
 * @param to the time; what was committed later is not there
 * @param as the new instance to make of it; absent is the instance itself
 */
public record TimeRestoreRequest(String instance, Instant to, Optional<String> as) {}
