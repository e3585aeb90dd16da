package platform.core.manager;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AccessScope;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/**
 * Notes in the audit who has logged in, and who was refused. Each request over HTTP brings its login along: it is noted when
 * it is the first from that address, or comes after a quarter of an hour without one. Who guesses shall not fill the audit: of refusals the
 * first {@value #SINGLE} of a quarter of an hour are noted one by one, the others are counted and noted as a sum. It is all
 * written by other threads, so that a login need not wait for a database that is away.
 */
final class LoginAudit {

    static final Duration PERIOD = Duration.ofMinutes(15);
    static final int SINGLE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(LoginAudit.class);
    private static final int REMEMBERED = 1000;
    private static final int NAMED = 10;
    private static final String MANY = "many";
    private static final int LONGEST_NAME = 32;

    private final Audit audit;
    private final Executor executor;
    private final Clock clock;
    private final Map<String, Instant> present = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };
    /** The rest of the refusals, by address. */
    private final Map<Caller.Origin, Map<String, Integer>> unnoted = new EnumMap<>(Caller.Origin.class);

    private int noted;

    LoginAudit(Audit audit, Executor executor, Clock clock) {
        this.audit = audit;
        this.executor = executor;
        this.clock = clock;
    }

    /** @param means by what he has shown who he is */
    void entered(Caller caller, String means) {
        if (isNew(caller)) {
            AuditEvent event = new AuditEvent(caller, action(caller.origin()), means, "");
            write(() -> audit.end(audit.begin(event), event, "done", "", ""));
        }
    }

    private synchronized boolean isNew(Caller caller) {
        Instant now = clock.instant();
        Instant last = present.put(caller.user() + " " + caller.origin() + " " + caller.from(), now);
        return last == null || !now.isBefore(last.plus(PERIOD));
    }

    /** @param user as he has called himself, whatever that is */
    void refused(String user, Caller.Origin origin, InetAddress from, String means, String reason) {
        String address = from.getHostAddress();
        if (isSingle(origin, address)) {
            AuditEvent event = new AuditEvent(stranger(visible(user), origin, address), action(origin), means, "");
            write(() -> audit.refuse(event, reason));
        }
    }

    private synchronized boolean isSingle(Caller.Origin origin, String from) {
        if (noted < SINGLE) {
            noted++;
            return true;
        }
        count(origin, from);
        return false;
    }

    /** Came so soon after wrong ones that it was not even looked at. */
    synchronized void unseen(Caller.Origin origin, InetAddress from) {
        count(origin, from.getHostAddress());
    }

    private void count(Caller.Origin origin, String from) {
        Map<String, Integer> counts = unnoted.computeIfAbsent(origin, it -> new HashMap<>());
        boolean known = counts.containsKey(from) || counts.size() < REMEMBERED;
        counts.merge(known ? from : "others", 1, Integer::sum);
    }

    /** Called when a quarter of an hour is over. */
    synchronized void sumUp() {
        noted = 0;
        unnoted.forEach(this::sumUp);
        unnoted.clear();
    }

    private void sumUp(Caller.Origin origin, Map<String, Integer> counts) {
        int sum = counts.values().stream().mapToInt(it -> it).sum();
        String most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(NAMED)
                .map(it -> it.getKey() + ": " + it.getValue())
                .collect(Collectors.joining(", "));
        String from = counts.size() == 1 ? counts.keySet().iterator().next() : counts.size() + " addresses";
        AuditEvent event = new AuditEvent(stranger(MANY, origin, from), action(origin), most, "");
        write(() -> audit.refuse(event, "in sum " + sum + " more, see the log"));
    }

    private static String action(Caller.Origin origin) {
        return origin + ":login";
    }

    private static Caller stranger(String user, Caller.Origin origin, String from) {
        return new Caller(user, Role.VIEWER, AccessScope.NOTHING, origin, from);
    }

    private static String visible(String user) {
        String cut = user.length() > LONGEST_NAME ? user.substring(0, LONGEST_NAME) : user;
        return cut.replaceAll("[^\\x21-\\x7e]", "?");
    }

    /** While the database is away the log has it: who has to repair it must get in. */
    private void write(Runnable note) {
        executor.execute(() -> {
            try {
                note.run();
            } catch (PlatformException e) {
                LOG.error("A login is not in the audit: {}", e.getMessage());
            }
        });
    }
}
