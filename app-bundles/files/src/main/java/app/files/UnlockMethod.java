package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** UNLOCK (RFC 4918 9.11): ends a lock, wherever within its reach it is named. */
final class UnlockMethod implements DavMethod {

    private static final Pattern CODED_URL = Pattern.compile("\\s*<([^<>]+)>\\s*");

    private final Site site;

    UnlockMethod(Site site) {
        this.site = site;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        Matcher token = CODED_URL.matcher(request.header("Lock-Token").orElse(""));
        if (!token.matches()) {
            throw new DavException(
                    400, "The Lock-Token header is missing or malformed. Send the token in '<' and '>'.");
        }
        site.store().restructure(tx -> unlock(tx, request, token.group(1)));
        response.setStatus(204);
    }

    private boolean unlock(Tx tx, DavRequest request, String token) throws SQLException {
        Location place = tx.tree.locate(request.path());
        site.preconditions(request).requireConditions(tx, place);
        if (tx.locks.at(place, site.now()).stream()
                .noneMatch(lock -> lock.token().equals(token))) {
            throw DavException.condition(
                    409,
                    place.path().display() + " has no lock with this token. Read its locks again.",
                    "lock-token-matches-request-uri",
                    List.of());
        }
        tx.locks.remove(token);
        return true;
    }
}
