package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Audit;
import platform.core.api.AuditCheck;
import platform.core.api.AuditEntry;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.instance.Workers;

/**
 * The audit: each entry is chained to the one before it by its hash, and the ends of the chain are noted in
 * {@link AuditAnchor}. An entry is in the database before it is in the anchor; a crash in between leaves a chain that is longer
 * than the anchor says, which is no fault.
 */
@Component(service = Audit.class, configurationPid = "platform.core.manager.audit")
@Designate(ocd = AuditConfig.class)
public final class AuditChain implements Audit {

    /** The action by which removals are noted. */
    static final String EXPIRE = "audit:expire";

    private static final Caller PLATFORM = Caller.local("platform");
    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
    private static final long FIRST_LOOK_MINUTES = 5;
    private static final int LONGEST = 20_000;

    private final AuditTables tables;
    private final Secrets secrets;
    private final Duration keep;
    private final Clock clock;
    private final ScheduledFuture<?> timer;
    private AuditAnchor anchor;

    @Activate
    public AuditChain(
            BundleContext context,
            @Reference ManagerDatabase database,
            @Reference Workers workers,
            AuditConfig config) {
        this.tables = new AuditTables(database.tables());
        this.secrets = new Secrets(PlatformFolders.of(context).createPrivate("secrets"));
        this.keep = keep(config.keep_days());
        this.clock = Clock.systemUTC();
        this.anchor = readAnchor();
        this.timer = workers.timer()
                .scheduleWithFixedDelay(
                        () -> workers.pool().execute(this::removeOld),
                        FIRST_LOOK_MINUTES,
                        TimeUnit.DAYS.toMinutes(1),
                        TimeUnit.MINUTES);
    }

    AuditChain(AuditTables tables, Secrets secrets, Duration keep, Clock clock) {
        this.tables = tables;
        this.secrets = secrets;
        this.keep = keep;
        this.clock = clock;
        this.anchor = readAnchor();
        this.timer = null;
    }

    /** A number that nobody can have meant, written by hand, removes nothing. */
    static Duration keep(int days) {
        if (days < 0) {
            LOG.error(
                    "keep.days in etc/platform.core.manager.audit.cfg is {}: give a number of days, or 0 for ever."
                            + " Nothing is removed from the audit until then.",
                    days);
        }
        return Duration.ofDays(Math.max(days, 0));
    }

    private AuditAnchor readAnchor() {
        return AuditAnchor.read(secrets, new AuditAnchor(AuditLink.START, tables.last()));
    }

    @Deactivate
    void close() {
        timer.cancel(false);
    }

    @Override
    public long begin(AuditEvent event) {
        return append(event, "begun", OptionalLong.empty(), "", "");
    }

    @Override
    public void end(long number, AuditEvent event, String result, String before, String after) {
        append(event, result, OptionalLong.of(number), before, after);
    }

    @Override
    public void refuse(AuditEvent event, String reason) {
        append(event, "refused: " + reason, OptionalLong.empty(), "", "");
    }

    private long append(AuditEvent event, String result, OptionalLong ends, String before, String after) {
        return append(event, result, ends, before, after, Optional.empty());
    }

    /** @param removed where the chain begins from then on, if that is noted by this entry */
    private synchronized long append(
            AuditEvent event,
            String result,
            OptionalLong ends,
            String before,
            String after,
            Optional<AuditLink> removed) {
        AuditLink last = tables.last();
        // An end that was cut off is not written over: its numbers stay missing.
        AuditLink former = last.number() > anchor.last().number() ? last : anchor.last();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        AuditEntry bare = new AuditEntry(
                former.number() + 1,
                now,
                storable(event),
                storable(result),
                ends,
                storable(before),
                storable(after),
                "");
        AuditLink link = new AuditLink(bare.number(), AuditTables.hash(former.hash(), bare));
        tables.insert(withHash(bare, link.hash()));
        anchor = new AuditAnchor(removed.orElse(anchor.removed()), link);
        anchor.write(secrets);
        return link.number();
    }

    private static AuditEvent storable(AuditEvent event) {
        return new AuditEvent(
                event.caller(), storable(event.action()), storable(event.arguments()), storable(event.target()));
    }

    /** PostgreSQL keeps no NUL, and the hash needs it; and nobody shall fill the disk with what he types. */
    private static String storable(String text) {
        String kept =
                text.length() > LONGEST ? text.substring(0, LONGEST) + "… (" + text.length() + " characters)" : text;
        return kept.replace('\0', '\uFFFD');
    }

    private static AuditEntry withHash(AuditEntry it, String hash) {
        return new AuditEntry(it.number(), it.at(), it.event(), it.result(), it.ends(), it.before(), it.after(), hash);
    }

    @Override
    public List<AuditEntry> list(Instant since, int limit, String word) {
        return tables.list(since, limit, word);
    }

    @Override
    public void export(Instant since, Consumer<AuditEntry> reader) {
        tables.read(since, reader);
    }

    @Override
    public synchronized AuditCheck verify() {
        AuditVerifier verifier = new AuditVerifier(anchor);
        tables.read(Instant.EPOCH, verifier::take);
        return verifier.result();
    }

    /**
     * Noted first and removed then: cut off in between, the next time removes it. Whole days are removed, so that this is noted
     * once a day.
     */
    synchronized void removeOld() {
        if (keep.isZero()) {
            return;
        }
        Instant oldest = clock.instant().minus(keep).truncatedTo(ChronoUnit.DAYS);
        try {
            tables.lastBefore(oldest)
                    .filter(link -> link.number() > anchor.removed().number())
                    .ifPresent(link -> expire(link, oldest));
            tables.remove(anchor.removed().number());
        } catch (PlatformException e) {
            LOG.warn("The oldest of the audit is not removed yet: {}", e.getMessage());
        }
    }

    private void expire(AuditLink last, Instant oldest) {
        String what = "removed " + tables.count(last.number()) + " entries, up to " + last.number() + ", from before "
                + oldest + ": they are kept for " + keep.toDays() + " days";
        append(new AuditEvent(PLATFORM, EXPIRE, what, ""), "done", OptionalLong.empty(), "", "", Optional.of(last));
        LOG.info("The audit: {}", what);
    }
}
