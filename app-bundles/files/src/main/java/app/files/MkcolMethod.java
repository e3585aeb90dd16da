package app.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** MKCOL (RFC 4918 9.3): a new folder. */
final class MkcolMethod implements DavMethod {

    private final Site site;

    MkcolMethod(Site site) {
        this.site = site;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        if (hasBody(request.http())) {
            throw new DavException(415, "A folder is made without a body. Send none.");
        }
        site.store().change(tx -> make(tx, request));
        response.setStatus(201);
    }

    private static boolean hasBody(HttpServletRequest http) throws IOException {
        return http.getContentLengthLong() > 0
                || http.getHeader("Transfer-Encoding") != null
                        && http.getInputStream().read() >= 0;
    }

    private long make(Tx tx, DavRequest request) throws SQLException {
        Location place = tx.tree.locate(request.path());
        Preconditions preconditions = site.preconditions(request);
        preconditions.requireConditions(tx, place);
        if (place.exists()) {
            throw new DavException(405, place.path().display() + " exists already. Choose another name.");
        }
        Entry folder = place.requireFolder();
        preconditions.requireUnlocked(tx, place, true);
        return tx.tree.addFolder(folder.id(), place.path().name(), site.now());
    }
}
