package platform.core.child;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests by the process whose servlet it stands for. Blocks the thread of the request, as that servlet would. */
public final class RelayServlet extends HttpServlet {

    /** By these the process knows who has asked, and how. A client's own are not passed on. */
    public static final String CLIENT = "Platform-Client";

    /** See {@link #CLIENT}. */
    public static final String SCHEME = "Platform-Scheme";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RelayServlet.class);
    private static final int PEEK = 16 * 1024;

    /** What concerns one connection only (RFC 9110 7.6.1), what is said anew, and what the webserver deals with itself. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "content-length",
            "host",
            "http2-settings",
            CLIENT.toLowerCase(Locale.ROOT),
            SCHEME.toLowerCase(Locale.ROOT));

    private final transient HttpConnections connections;

    public RelayServlet(HttpConnections connections) {
        this.connections = connections;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpConnection connection;
        try {
            connection = connections.take();
        } catch (IOException e) {
            LOG.debug("The process does not take {}", request.getRequestURI(), e);
            response.setHeader("Retry-After", "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The service is starting.");
            return;
        }
        boolean reusable = false;
        try {
            boolean sent = send(request, connection);
            reusable = new RelayedResponse(connection, response).pass(request.getMethod()) && sent;
        } catch (ConnectionEndedException e) {
            if (response.isCommitted()) {
                throw e;
            }
            LOG.debug("The process ended while it answered {}", request.getRequestURI(), e);
            response.sendError(HttpServletResponse.SC_BAD_GATEWAY);
        } finally {
            if (reusable) {
                connections.keep(connection);
            } else {
                connection.close();
            }
        }
    }

    /** Whether all was sent: a process that has answered may take no more of a body. */
    private static boolean send(HttpServletRequest request, HttpConnection connection) throws IOException {
        InputStream body = request.getInputStream();
        long length = request.getContentLengthLong();
        StringBuilder head = head(request);
        if (length >= 0) {
            connection.sendHead(head.append("Content-Length: ")
                    .append(length)
                    .append("\r\n\r\n")
                    .toString());
            return length == 0 || passed(() -> connection.sendBody(body));
        }
        byte[] first = new byte[PEEK];
        int read = body.read(first);
        if (read < 0) {
            connection.sendHead(head.append("\r\n").toString());
            return true;
        }
        connection.sendHead(head.append("Transfer-Encoding: chunked\r\n\r\n").toString());
        return passed(() -> connection.sendChunks(first, read, body));
    }

    /** A part of the way. */
    private interface Step {
        void run() throws IOException;
    }

    private static boolean passed(Step step) throws IOException {
        try {
            step.run();
            return true;
        } catch (ClosedChannelException | SocketException e) {
            LOG.debug("The process takes no more of a body", e);
            return false;
        }
    }

    private static StringBuilder head(HttpServletRequest request) {
        StringBuilder head = new StringBuilder(512);
        head.append(request.getMethod()).append(' ').append(request.getRequestURI());
        if (request.getQueryString() != null) {
            head.append('?').append(request.getQueryString());
        }
        head.append(" HTTP/1.1\r\n");
        String host = request.getHeader("Host");
        header(head, "Host", host == null ? request.getServerName() + ":" + request.getServerPort() : host);
        header(head, CLIENT, request.getRemoteAddr());
        header(head, SCHEME, request.getScheme());
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
                    header(head, name, values.nextElement());
                }
            }
        }
        return head;
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
