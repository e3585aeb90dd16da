package platform.core.api;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of an instance's limits shall be changed. What it does not name stays as it is.
 *
 * @param limits new limits, in the unit of the kind; an absent one is none
 * @param toDefault those that shall be the platform's default again
 */
public record QuotaChange(Map<QuotaKind, Optional<Long>> limits, Set<QuotaKind> toDefault) {

    public QuotaChange {
        limits = Map.copyOf(limits);
        toDefault = Set.copyOf(toDefault);
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return limits.isEmpty() && toDefault.isEmpty();
    }
}
