package platform.db.postgresql;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.AccessEntry;
import platform.db.api.DatabaseException;
import platform.db.api.GrantedAccess;
import platform.db.api.HostAccess;
import platform.db.postgresql.AccessFile.Kept;

/** Who may come in from other machines: entries that end by themselves, and a login for those of each database. */
final class PostgresHostAccess implements HostAccess {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresHostAccess.class);
    private static final String NETWORK = "\\d+(\\.\\d+){3}(/\\d+)?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/\\d+)?";
    private static final String OID = "SELECT oid::bigint FROM pg_database WHERE datname = ?";
    private static final String END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = ? AND usename = ? AND client_addr <<= ?::inet";

    private final Sessions sessions;
    private final AccessRules rules;
    private final AccessLogins logins;
    private final boolean listens;
    private final Clock clock;

    /** @param listens whether the server listens beyond 127.0.0.1 */
    PostgresHostAccess(Sessions sessions, AccessFile file, boolean listens, Clock clock) {
        this.sessions = sessions;
        this.rules = new AccessRules(sessions, file);
        this.logins = new AccessLogins(sessions);
        this.listens = listens;
        this.clock = clock;
    }

    @Override
    public synchronized GrantedAccess allow(String database, String network, Optional<Duration> lasts) {
        mustListen();
        String owner = sessions.owner(database);
        String cidr = canonical(network);
        sweep();
        List<Kept> before = rules.read();
        Optional<String> known = role(before, database);
        Optional<AccessLogins.Made> made = known.isPresent() ? Optional.empty() : Optional.of(logins.make(owner));
        String role = known.orElseGet(() -> made.orElseThrow().role());
        Instant now = clock.instant();
        AccessEntry entry = new AccessEntry(database, role, cidr, now, lasts.map(now::plus));
        try {
            mustHold(database, role);
            List<Kept> after = new ArrayList<>(before);
            after.removeIf(kept -> is(kept, database, Optional.of(cidr)));
            after.add(new Kept(entry, oid(database).orElseThrow()));
            rules.put(after, entry);
        } catch (RuntimeException e) {
            made.ifPresent(login -> sessions.remove("postgres", login.role(), owner));
            throw e;
        }
        return new GrantedAccess(
                entry,
                made.map(AccessLogins.Made::password),
                sessions.server().endpoint().port());
    }

    private void mustListen() {
        if (!listens) {
            throw new DatabaseException("PostgreSQL listens on this machine only, so nobody else could reach it. Write"
                    + " listen = 0.0.0.0 and port = 5433 into etc/platform.db.postgresql.cfg, and restart the platform,"
                    + " which interrupts all instances");
        }
    }

    private static void mustHold(String... names) {
        for (String name : names) {
            if (!AccessFile.canHold(name)) {
                throw new DatabaseException("The name '" + name + "' cannot be written into the server's access file:"
                        + " it has a control character, or a slash at its beginning");
            }
        }
    }

    /** As the server writes it, with a length; it refuses bits beyond the length. */
    private String canonical(String network) {
        if (!network.matches(NETWORK)) {
            throw new DatabaseException(
                    "'" + network + "' is no address or network: write it like 192.0.2.7 or 192.0.2.0/24");
        }
        return sessions.administer(
                "understand the network '" + network + "'",
                connection -> Rows.first(connection, "SELECT text(?::cidr)", row -> row.getString(1), network)
                        .orElseThrow());
    }

    private static Optional<String> role(List<Kept> entries, String database) {
        return entries.stream()
                .filter(kept -> kept.entry().database().equals(database))
                .map(kept -> kept.entry().role())
                .findFirst();
    }

    private static boolean is(Kept kept, String database, Optional<String> cidr) {
        return kept.entry().database().equals(database)
                && cidr.map(kept.entry().cidr()::equals).orElse(true);
    }

    private Optional<Long> oid(String database) {
        return sessions.administer(
                "look for the database '" + database + "'",
                connection -> Rows.first(connection, OID, row -> row.getLong(1), database));
    }

    @Override
    public synchronized List<AccessEntry> deny(String database, Optional<String> network) {
        Optional<String> cidr = network.map(this::canonical);
        List<Kept> entries = rules.read();
        List<Kept> gone =
                entries.stream().filter(kept -> is(kept, database, cidr)).toList();
        if (!gone.isEmpty()) {
            takeBack(entries, gone);
        }
        return gone.stream().map(Kept::entry).toList();
    }

    @Override
    public synchronized List<AccessEntry> list() {
        Instant now = clock.instant();
        return rules.read().stream()
                .filter(kept -> kept.holds(now) && isThere(kept))
                .map(Kept::entry)
                .sorted(Comparator.comparing(AccessEntry::database).thenComparing(AccessEntry::cidr))
                .toList();
    }

    private boolean isThere(Kept kept) {
        return oid(kept.entry().database()).filter(oid -> oid == kept.oid()).isPresent();
    }

    /** Takes back what has expired, and what was for databases that are gone. */
    synchronized void sweep() {
        List<Kept> entries = rules.read();
        Instant now = clock.instant();
        List<Kept> gone = entries.stream()
                .filter(kept -> !kept.holds(now) || !isThere(kept))
                .toList();
        if (!gone.isEmpty()) {
            LOG.info(
                    "Access from other machines ends: {}",
                    gone.stream().map(Kept::entry).toList());
            takeBack(entries, gone);
        }
        follow(rules.read());
    }

    /** A database may have got another owner. */
    private void follow(List<Kept> entries) {
        for (Kept kept : entries) {
            String owner = sessions.owner(kept.entry().database());
            sessions.administer("give the login '" + kept.entry().role() + "' its rights", connection -> {
                AccessLogins.belong(connection, kept.entry().role(), owner);
                return null;
            });
        }
    }

    /** At the start: also the logins of which a killed platform has not told anybody. */
    synchronized void begin() {
        sweep();
        logins.keepOnly(roles(rules.read()));
    }

    private static Set<String> roles(List<Kept> entries) {
        return entries.stream().map(kept -> kept.entry().role()).collect(Collectors.toSet());
    }

    private void takeBack(List<Kept> entries, List<Kept> gone) {
        List<Kept> rest = entries.stream().filter(kept -> !gone.contains(kept)).toList();
        rules.put(rest, null);
        gone.forEach(this::end);
        for (Kept kept : gone) {
            boolean last = !roles(rest).contains(kept.entry().role());
            if (last && isThere(kept)) {
                String database = kept.entry().database();
                sessions.remove(database, kept.entry().role(), sessions.owner(database));
            }
        }
        logins.keepOnly(roles(rest));
    }

    private void end(Kept kept) {
        AccessEntry it = kept.entry();
        sessions.administer(
                "end the connections from " + it.cidr(),
                connection ->
                        Rows.list(connection, END, row -> row.getBoolean(1), it.database(), it.role(), it.cidr()));
    }
}
