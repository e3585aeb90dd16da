package app.files;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request must fulfil before it may change something: its own conditions, and the locks of others. */
final class Preconditions {

    private final DavRequest request;
    private final IfHeader ifHeader;
    private final Instant now;

    Preconditions(DavRequest request, Instant now) {
        this.request = request;
        this.ifHeader = IfHeader.parse(request.header("If").orElse(""));
        this.now = now;
    }

    /** The lock tokens that the request submits. */
    Set<String> tokens() {
        return ifHeader.tokens();
    }

    /**
     * Judges the conditional headers and the If header.
     *
     * @throws DavException 412
     */
    void requireConditions(Tx tx, Location target) throws SQLException {
        if (request.conditions().judge(target.entry()) == Conditions.Verdict.FAILED) {
            throw new DavException(412, "The resource is not in the state that the request requires. Read it again.");
        }
        if (!ifHeader.lists().isEmpty() && !isTrue(tx, target)) {
            throw new DavException(412, "No list of the If header is true. Read the locks and the ETag again.");
        }
    }

    /**
     * Requires the tokens of the locks that protect one place.
     *
     * @param membership whether the folder above gets or loses a member, which a lock on it also forbids
     * @throws DavException 423
     */
    void requireUnlocked(Tx tx, Location target, boolean membership) throws SQLException {
        requireOpen(target, tx.locks.at(target, now));
        if (membership && !target.path().isRoot()) {
            Location folder = target.up();
            requireOpen(folder, tx.locks.at(folder, now));
        }
    }

    private void requireOpen(Location place, List<Lock> locks) {
        if (!isOpen(locks)) {
            throw DavException.condition(
                    423,
                    place.path().display() + " is locked. Submit the lock's token, or wait until it is unlocked.",
                    "lock-token-submitted",
                    List.of(request.lockRoot(place, locks.get(0))));
        }
    }

    /**
     * Requires the tokens of all locks that protect a place and what lies below it, for its removal.
     *
     * @throws DavException 423, or 207 when only members are locked
     */
    void requireTreeUnlocked(Tx tx, Location target) throws SQLException {
        requireUnlocked(tx, target, true);
        if (target.entry().filter(Entry::isFolder).isEmpty()) {
            return;
        }
        List<Locks.Below> below = tx.locks.below(target.require().id(), now);
        List<DavException.Member> members = below.stream()
                .filter(one -> !isOpen(below.stream()
                        .filter(other -> other.names().equals(one.names()))
                        .map(Locks.Below::lock)
                        .toList()))
                .map(one -> request.href(target.path().descendant(one.names()), false))
                .distinct()
                .map(href -> new DavException.Member(href, 423))
                .toList();
        if (!members.isEmpty()) {
            throw DavException.members("Members of " + target.path().display() + " are locked.", members);
        }
    }

    /** An exclusive lock asks for its token; of shared locks one token is enough (RFC 4918 6.1, 7.1). */
    private boolean isOpen(List<Lock> locks) {
        return locks.isEmpty() || locks.stream().anyMatch(lock -> tokens().contains(lock.token()));
    }

    private boolean isTrue(Tx tx, Location target) throws SQLException {
        for (IfHeader.ConditionList list : ifHeader.lists()) {
            if (isTrue(tx, target, list)) {
                return true;
            }
        }
        return false;
    }

    private boolean isTrue(Tx tx, Location target, IfHeader.ConditionList list) throws SQLException {
        Optional<Location> place = list.tag().isEmpty() ? Optional.of(target) : tagged(tx, list.tag());
        List<Lock> locks = place.isEmpty() ? List.of() : tx.locks.at(place.get(), now);
        Optional<String> etag =
                place.flatMap(Location::entry).flatMap(Entry::content).map(Content::etag);
        return list.conditions().stream()
                .allMatch(condition -> condition.negated()
                        != (condition.etag()
                                ? etag.filter(condition.value()::equals).isPresent()
                                : locks.stream().anyMatch(lock -> lock.token().equals(condition.value()))));
    }

    /** A resource of another server or another tree has no state here. */
    private Optional<Location> tagged(Tx tx, String tag) throws SQLException {
        try {
            return Optional.of(tx.tree.locate(request.reference(tag)));
        } catch (DavException e) {
            if (e.status() == 502) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
