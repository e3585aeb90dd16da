package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;

/** DELETE (RFC 4918 9.6): an entry with all below it, or nothing. */
final class DeleteMethod implements DavMethod {

    private final Site site;

    DeleteMethod(Site site) {
        this.site = site;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        if (request.path().isRoot()) {
            throw new DavException(403, "The root cannot be deleted. Delete what is in it.");
        }
        try (Quota.Claim claim = site.quota().claim()) {
            site.store().restructure(tx -> remove(tx, request, claim));
            claim.settle();
            site.sweeper().request();
        }
        response.setStatus(204);
    }

    private boolean remove(Tx tx, DavRequest request, Quota.Claim claim) throws SQLException {
        Location place = tx.tree.locate(request.path());
        Preconditions preconditions = site.preconditions(request);
        preconditions.requireConditions(tx, place);
        Entry entry = place.require();
        if (entry.isFolder()) {
            request.depth(EnumSet.of(Depth.INFINITY));
        }
        preconditions.requireTreeUnlocked(tx, place);
        claim.require(0, tx.tree.size(entry.id()));
        tx.tree.remove(entry.id());
        return true;
    }
}
