package app.files;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.TraceFlag;

/** WebDAV, class 1 and 2 (RFC 4918): finds the method, and turns what it throws into an answer. */
final class DavServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DavServlet.class);
    private static final Logger TRACE = LoggerFactory.getLogger(TraceFlag.WEBDAV_SERVICE.logger());
    /** The database is larger than it may be or its disk is full; or all writes are refused until there is room again. */
    private static final Set<String> NO_ROOM = Set.of("53100", "25006");

    private final transient Site site;
    private final transient Gate gate;
    private final transient Map<String, DavMethod> methods = new TreeMap<>();

    /**
     * @param page the URL path of the page that shows folders
     */
    DavServlet(Site site, Gate gate, String page) {
        this.site = site;
        this.gate = gate;
        methods.put("GET", new GetMethod(site, page));
        methods.put("HEAD", methods.get("GET"));
        methods.put("PUT", new PutMethod(site));
        methods.put("DELETE", new DeleteMethod(site));
        methods.put("MKCOL", new MkcolMethod(site));
        methods.put("COPY", new TransferMethod(site, false));
        methods.put("MOVE", new TransferMethod(site, true));
        methods.put("PROPFIND", new PropfindMethod(site));
        methods.put("PROPPATCH", new ProppatchMethod(site));
        methods.put("LOCK", new LockMethod(site));
        methods.put("UNLOCK", new UnlockMethod(site));
        methods.put("OPTIONS", new OptionsMethod(String.join(", ", methods.keySet()) + ", OPTIONS"));
    }

    @Override
    protected void service(HttpServletRequest http, HttpServletResponse response) throws IOException {
        if (!gate.admits(http, response)) {
            return;
        }
        TRACE.debug("{} {}", http.getMethod(), http.getRequestURI());
        // A file that somebody uploaded shall not act as a page of this site.
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        try {
            DavMethod method = methods.get(http.getMethod());
            if (method == null) {
                response.setHeader("Allow", String.join(", ", methods.keySet()));
                throw new DavException(405, "The method is not known here. Use WebDAV (RFC 4918).");
            }
            method.answer(new DavRequest(http, site.space()), response);
        } catch (DavException e) {
            requireUnsent(response, e);
            new Answers(http, response).failure(e);
        } catch (SQLException e) {
            requireUnsent(response, e);
            failed(http, response, e);
        }
    }

    /** What has begun cannot become another answer: the broken connection must tell. */
    private static void requireUnsent(HttpServletResponse response, Exception e) throws IOException {
        if (response.isCommitted()) {
            throw new IOException("The answer cannot be completed: " + e.getMessage(), e);
        }
    }

    private void failed(HttpServletRequest http, HttpServletResponse response, SQLException e) throws IOException {
        site.sweeper().doubt();
        if (NO_ROOM.contains(String.valueOf(e.getSQLState()))) {
            LOG.error("{}: {} failed, the database takes no more", site.id(), http.getMethod(), e);
            new Answers(http, response)
                    .plain(
                            507,
                            "Nothing can be stored now: the disk of the server, or its share for this site, is full."
                                    + " Ask the administrator.");
        } else if (isAway(e)) {
            LOG.warn("{}: {} failed, the database does not answer: {}", site.id(), http.getMethod(), e.getMessage());
            response.setHeader("Retry-After", "5");
            new Answers(http, response).plain(503, "The database does not answer now. Try again.");
        } else {
            LOG.error("{}: {} failed in the database", site.id(), http.getMethod(), e);
            new Answers(http, response).plain(500, "The database refused. Ask the administrator, whose log says why.");
        }
    }

    /** Connections fail with 08 and 57P; a pool that is exhausted or closed has no state to tell. */
    private static boolean isAway(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }
}
