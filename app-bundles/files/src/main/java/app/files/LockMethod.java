package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** LOCK (RFC 4918 9.10): a new lock, or more time for one. Where nothing is, it makes an empty file (RFC 4918 7.3). */
final class LockMethod implements DavMethod {

    private static final long USUAL_SECONDS = 1800;
    private static final long MOST_SECONDS = 86_400;
    private static final Pattern SECONDS = Pattern.compile("Second-(\\d{1,18})");

    private final Site site;

    LockMethod(Site site) {
        this.site = site;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        Optional<Element> body = request.body();
        Instant now = site.now();
        Instant expires = now.plusSeconds(seconds(request.header("Timeout").orElse("")));
        Granted granted = body.isPresent()
                ? lock(request, body.get(), expires)
                : site.store().restructure(tx -> refresh(tx, request, expires));
        if (body.isPresent()) {
            response.setHeader("Lock-Token", "<" + granted.locks().get(0).lock().token() + ">");
        }
        try (DavXml out = new DavXml(response, granted.created() ? 201 : 200, "prop")) {
            LiveProperties.lockDiscovery(out, granted.locks(), now);
        }
    }

    private Granted lock(DavRequest request, Element info, Instant expires) throws SQLException {
        boolean exclusive = isExclusive(info);
        boolean deep = request.depth(EnumSet.of(Depth.ZERO, Depth.INFINITY)) == Depth.INFINITY;
        String owner = Xml.child(info, "owner").map(Xml::text).orElse("");
        String token = "urn:uuid:" + UUID.randomUUID();
        return site.store().restructure(tx -> lock(tx, request, new Lock(token, 0, exclusive, deep, owner, expires)));
    }

    private static boolean isExclusive(Element info) {
        Optional<Element> scope = Xml.child(info, "lockscope");
        boolean exclusive = scope.flatMap(it -> Xml.child(it, "exclusive")).isPresent();
        boolean shared = scope.flatMap(it -> Xml.child(it, "shared")).isPresent();
        boolean write = Xml.child(info, "locktype")
                .flatMap(it -> Xml.child(it, "write"))
                .isPresent();
        if (!Xml.isDav(info, "lockinfo") || exclusive == shared || !write) {
            throw new DavException(400, "The body is no lockinfo element for a write lock. See RFC 4918 14.11.");
        }
        return exclusive;
    }

    private Granted lock(Tx tx, DavRequest request, Lock wanted) throws SQLException {
        tx.locks.removeExpired(site.now());
        Location place = tx.tree.locate(request.path());
        Preconditions preconditions = site.preconditions(request);
        preconditions.requireConditions(tx, place);
        requireNoConflict(tx, request, place, wanted);
        boolean created = !place.exists();
        if (created) {
            create(tx, request, place, preconditions);
        }
        Entry entry = tx.tree.locate(request.path()).require();
        Lock lock = new Lock(
                wanted.token(), entry.id(), wanted.exclusive(), wanted.deep(), wanted.owner(), wanted.expires());
        tx.locks.add(lock);
        String root = request.href(request.path(), entry.isFolder());
        return new Granted(created, List.of(new Resource.ActiveLock(lock, root)));
    }

    private void create(Tx tx, DavRequest request, Location place, Preconditions preconditions) throws SQLException {
        Entry folder = place.requireFolder();
        if (request.namesFolder()) {
            throw new DavException(409, "There is no folder " + place.path().display() + ". Make the folder first.");
        }
        preconditions.requireUnlocked(tx, place, true);
        long content = tx.contents.add(new byte[0], Upload.sha256().digest());
        tx.tree.addFile(folder.id(), place.path().name(), content, site.now());
    }

    private void requireNoConflict(Tx tx, DavRequest request, Location place, Lock wanted) throws SQLException {
        List<Lock> here = tx.locks.at(place, site.now());
        Optional<Lock> conflict = here.stream()
                .filter(lock -> lock.conflictsWith(wanted.exclusive()))
                .findFirst();
        if (conflict.isPresent()) {
            throw DavException.condition(
                    423,
                    place.path().display() + " is locked already. Wait until it is unlocked.",
                    "no-conflicting-lock",
                    List.of(request.lockRoot(place, conflict.get())));
        }
        if (!wanted.deep() || !place.exists()) {
            return;
        }
        List<DavException.Member> members =
                new ArrayList<>(tx.locks.below(place.require().id(), site.now()).stream()
                        .filter(below -> below.lock().conflictsWith(wanted.exclusive()))
                        .map(below -> request.href(place.path().descendant(below.names()), false))
                        .distinct()
                        .map(href -> new DavException.Member(href, 423))
                        .toList());
        if (!members.isEmpty()) {
            members.add(new DavException.Member(request.href(place.path(), true), 424));
            throw DavException.members("Members of " + place.path().display() + " are locked.", members);
        }
    }

    private Granted refresh(Tx tx, DavRequest request, Instant expires) throws SQLException {
        Location place = tx.tree.locate(request.path());
        Preconditions preconditions = site.preconditions(request);
        preconditions.requireConditions(tx, place);
        List<Lock> locks = tx.locks.at(place, site.now()).stream()
                .filter(lock -> preconditions.tokens().contains(lock.token()))
                .toList();
        if (locks.isEmpty()) {
            throw DavException.condition(
                    preconditions.tokens().isEmpty() ? 400 : 412,
                    "There is no body, and no token of a lock of this resource in the If header. Send one of them.",
                    "lock-token-matches-request-uri",
                    List.of());
        }
        Set<String> tokens = locks.stream().map(Lock::token).collect(Collectors.toSet());
        tx.locks.refresh(tokens, expires);
        return new Granted(
                false,
                tx.locks.at(place, site.now()).stream()
                        .filter(lock -> tokens.contains(lock.token()))
                        .map(lock -> new Resource.ActiveLock(lock, request.lockRoot(place, lock)))
                        .toList());
    }

    /** The first time-out that the client names and we know, within bounds (RFC 4918 10.7). */
    private static long seconds(String header) {
        for (String wish : header.split(",")) {
            Matcher seconds = SECONDS.matcher(wish.trim());
            if (seconds.matches()) {
                return Math.max(1, Math.min(MOST_SECONDS, Long.parseLong(seconds.group(1))));
            }
            if (wish.trim().equals("Infinite")) {
                return MOST_SECONDS;
            }
        }
        return USUAL_SECONDS;
    }

    /** What is answered. */
    private record Granted(boolean created, List<Resource.ActiveLock> locks) {}
}
