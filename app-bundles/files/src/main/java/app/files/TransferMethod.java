package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;

/** COPY and MOVE (RFC 4918 9.8, 9.9): all of it or nothing, in one transaction. A copy shares the bytes of its source. */
final class TransferMethod implements DavMethod {

    private final Site site;
    private final boolean move;

    /**
     * @param move whether the source goes
     */
    TransferMethod(Site site, boolean move) {
        this.site = site;
        this.move = move;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        DavPath destination = request.destination();
        boolean deep =
                request.depth(move ? EnumSet.of(Depth.INFINITY) : EnumSet.of(Depth.ZERO, Depth.INFINITY)) != Depth.ZERO;
        requireApart(request.path(), destination, deep);
        try (Quota.Claim claim = site.quota().claim()) {
            boolean replaced = site.store().restructure(tx -> transfer(tx, request, destination, deep, claim));
            claim.settle();
            if (replaced) {
                site.sweeper().request();
            }
            response.setStatus(replaced ? 204 : 201);
        }
    }

    private static void requireApart(DavPath source, DavPath destination, boolean deep) {
        boolean into = deep && destination.isWithin(source) || source.equals(destination);
        if (into || source.isWithin(destination)) {
            throw new DavException(
                    403,
                    "The source " + source.display() + " and the destination " + destination.display()
                            + " contain each other. Choose another destination.");
        }
    }

    private boolean transfer(Tx tx, DavRequest request, DavPath destination, boolean deep, Quota.Claim claim)
            throws SQLException {
        Location from = tx.tree.locate(request.path());
        Location to = tx.tree.locate(destination);
        Preconditions preconditions = site.preconditions(request);
        preconditions.requireConditions(tx, from);
        Entry source = from.require();
        Entry folder = to.requireFolder();
        if (to.exists() && !request.overwrites()) {
            throw new DavException(412, to.path().display() + " exists already. Allow to overwrite it.");
        }
        if (move) {
            preconditions.requireTreeUnlocked(tx, from);
        }
        preconditions.requireTreeUnlocked(tx, to);
        long replaced = to.exists() ? tx.tree.size(to.require().id()) : 0;
        claim.require(move ? 0 : deep ? tx.tree.size(source.id()) : source.size(), replaced);
        if (move) {
            move(tx, source, to, folder);
        } else {
            copy(tx, source, to, folder, deep);
        }
        return to.exists();
    }

    /** The locks stay behind (RFC 4918 7.6), which here means that they end. */
    private static void move(Tx tx, Entry source, Location to, Entry folder) throws SQLException {
        if (to.exists()) {
            tx.tree.remove(to.require().id());
        }
        tx.locks.removeBelow(source.id());
        tx.tree.move(source.id(), folder.id(), to.path().name());
    }

    /** A file that is overwritten by a file keeps its locks (RFC 4918 9.8.4). */
    private void copy(Tx tx, Entry source, Location to, Entry folder, boolean deep) throws SQLException {
        if (to.exists() && !to.require().isFolder() && !source.isFolder()) {
            Entry target = to.require();
            tx.tree.replace(target.id(), source.content().orElseThrow().id(), site.now());
            tx.properties.replace(target.id(), source.id());
            return;
        }
        if (to.exists()) {
            tx.tree.remove(to.require().id());
        }
        tx.tree.copy(source.id(), deep, folder.id(), to.path().name(), site.now());
    }
}
