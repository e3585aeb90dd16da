package app.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/**
 * PUT (RFC 9110 9.3.4, RFC 4918 9.7): the file appears, or is replaced, as a whole at the end. What can be judged before
 * the body comes is judged before, and all of it again at the end.
 */
final class PutMethod implements DavMethod {

    private final Site site;

    PutMethod(Site site) {
        this.site = site;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        requirePlain(request.http());
        long expected = request.http().getContentLengthLong();
        Location seen = site.store().run(tx -> judged(tx, request, tx.tree.locate(request.path())));
        try (Quota.Claim claim = site.quota().claim();
                Upload upload = new Upload(site, claim)) {
            claim.require(Math.max(0, expected), seen.entry().map(Entry::size).orElse(0L));
            upload.receive(request.http().getInputStream(), expected);
            Published published = site.store().change(tx -> publish(tx, request, upload, claim));
            claim.settle();
            if (published.replaced()) {
                site.sweeper().request();
            }
            response.setHeader("ETag", published.etag());
            response.setStatus(published.replaced() ? 204 : 201);
        }
    }

    private static void requirePlain(HttpServletRequest http) {
        if (http.getHeader("Content-Range") != null) {
            throw new DavException(
                    400, "A part of a file cannot be replaced. Send the whole file, without Content-Range.");
        }
        String encoding = http.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new DavException(415, "The file must not be encoded. Send it without Content-Encoding.");
        }
    }

    private Location judged(Tx tx, DavRequest request, Location place) throws SQLException {
        if (place.entry().filter(Entry::isFolder).isPresent() || request.namesFolder()) {
            throw new DavException(405, place.path().display() + " is a folder. Choose the name of a file.");
        }
        Preconditions preconditions = site.preconditions(request);
        preconditions.requireConditions(tx, place);
        place.requireFolder();
        preconditions.requireUnlocked(tx, place, !place.exists());
        return place;
    }

    private Published publish(Tx tx, DavRequest request, Upload upload, Quota.Claim claim) throws SQLException {
        Location place = judged(tx, request, tx.tree.claim(request.path()));
        claim.require(upload.size(), place.entry().map(Entry::size).orElse(0L));
        Content content = upload.finish(tx);
        if (place.exists()) {
            tx.tree.replace(place.require().id(), content.id(), site.now());
        } else {
            tx.tree.addFile(place.requireFolder().id(), place.path().name(), content.id(), site.now());
        }
        return new Published(content.etag(), place.exists());
    }

    /** What became of the file. */
    private record Published(String etag, boolean replaced) {}
}
