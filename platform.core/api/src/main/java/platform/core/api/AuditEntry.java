package platform.core.api;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * An entry of the audit; entries are never changed.
 *
 * @param number counts from 1 without a gap
 * @param result {@code begun}, {@code done}, {@code failed: …} or {@code refused: …}
 * @param ends the number of the entry that was the beginning of what this one is the end of
 * @param before what was changed, as it was; without secrets
 * @param after the same as it is now
 * @param hash SHA-256 over the hash of the entry before it and all of this one, in hexadecimal
 */
public record AuditEntry(
        long number,
        Instant at,
        AuditEvent event,
        String result,
        OptionalLong ends,
        String before,
        String after,
        String hash) {}
