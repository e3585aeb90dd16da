package platform.core.api;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who did what to what, from where, when, and what came of it. An action is noted before it is begun, and its end as an entry of
 * its own: what was cut off is there without an end. Any thread may call it.
 */
@ProviderType
public interface Audit {

    /**
     * Notes what is about to be done. Who cannot note it must not do it.
     *
     * @return the entry's number, for {@link #end}
     * @throws PlatformException FAILED when it cannot be kept
     */
    long begin(AuditEvent event);

    /**
     * Notes what came of it.
     *
     * @param result {@code done}, or {@code failed: } and why
     * @param before what has changed, as it was; without secrets
     * @param after the same as it is now
     * @throws PlatformException FAILED when it cannot be kept
     */
    void end(long number, AuditEvent event, String result, String before, String after);

    /**
     * Notes what was not let happen.
     *
     * @throws PlatformException FAILED when it cannot be kept
     */
    void refuse(AuditEvent event, String reason);

    /**
     * What was done, the newest first: beginnings with the result of their end where there is one.
     *
     * @param word only what has it in the user, action, arguments or target; empty for all
     */
    List<AuditEntry> list(Instant since, int limit, String word);

    /** All entries since then as they are kept, the oldest first. */
    void export(Instant since, Consumer<AuditEntry> reader);

    /** Computes the chain of hashes anew. */
    AuditCheck verify();
}
