package platform.core.api;

import java.util.Optional;

/**
 * A limit of an instance, and how much of it is used. Numbers are in the unit of the kind.
 *
 * @param kind what is limited
 * @param use how much is used now; of times, the longest there is at this moment
 * @param limit how much may be used; absent when there is no limit
 * @param own whether the limit was set for this instance; else it is the platform's default
 */
public record QuotaInfo(QuotaKind kind, long use, Optional<Long> limit, boolean own) {}
