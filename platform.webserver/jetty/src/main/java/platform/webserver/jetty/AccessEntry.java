package platform.webserver.jetty;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * A request that was answered, as far as the log tells of it. It keeps no request alive, and of long texts only the beginning.
 *
 * @param epochSecond when it was answered
 * @param bytes of the body that was sent
 * @param micros how long it took
 */
record AccessEntry(
        String client,
        long epochSecond,
        String method,
        String target,
        String protocol,
        int status,
        long bytes,
        String referer,
        String agent,
        String host,
        long micros) {

    private static final int LONGEST = 1024;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());
    private static volatile Second second = new Second(0, TIME.format(Instant.EPOCH));

    /** @param query whether the query belongs to what is told */
    static AccessEntry of(Request request, Response response, boolean query) {
        HttpFields headers = request.getHeaders();
        HttpURI uri = request.getHttpURI();
        String target = query ? uri.getPathQuery() : uri.getPath();
        return new AccessEntry(
                Request.getRemoteAddr(request),
                System.currentTimeMillis() / 1000,
                request.getMethod(),
                cut(target),
                request.getConnectionMetaData().getProtocol(),
                response.getStatus(),
                Response.getContentBytesWritten(response),
                cut(headers.get(HttpHeader.REFERER)),
                cut(headers.get(HttpHeader.USER_AGENT)),
                cut(uri.getHost()),
                (System.nanoTime() - request.getHeadersNanoTime()) / 1000);
    }

    /** A WebSocket that was opened without a request of Jetty's. */
    static AccessEntry of(String client, String path, SocketRequest request, int status, boolean query) {
        HttpFields headers = request.headers();
        boolean more = query && !request.query().isEmpty();
        return new AccessEntry(
                client,
                System.currentTimeMillis() / 1000,
                request.method(),
                cut(more ? path + "?" + request.query() : path),
                request.version().asString(),
                status,
                0,
                cut(headers.get(HttpHeader.REFERER)),
                cut(headers.get(HttpHeader.USER_AGENT)),
                cut(HostRules.nameOf(request.host())),
                0);
    }

    private static String cut(String text) {
        return text == null || text.isEmpty()
                ? "-"
                : text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    /**
     * Writes the line: the combined log format of Apache and NCSA, then the host that was asked for and the seconds it took.
     * No text of a client's can look like the end of its field or of the line.
     */
    void write(StringBuilder line) {
        line.append(client).append(" - - [");
        line.append(shown(epochSecond)).append("] \"");
        escape(line, method).append(' ');
        escape(line, target).append(' ').append(protocol).append("\" ");
        line.append(status).append(' ').append(bytes).append(" \"");
        escape(line, referer).append("\" \"");
        escape(line, agent).append("\" \"");
        escape(line, host).append("\" ");
        line.append(micros / 1_000_000).append('.');
        sixDigits(line, (int) (micros % 1_000_000));
        line.append('\n');
    }

    /** Most entries are of the same second as the one before. */
    private static String shown(long epochSecond) {
        Second last = second;
        if (last.epoch() != epochSecond) {
            last = new Second(epochSecond, TIME.format(Instant.ofEpochSecond(epochSecond)));
            second = last;
        }
        return last.shown();
    }

    /** A second and how it is written. */
    private record Second(long epoch, String shown) {}

    private static void sixDigits(StringBuilder line, int number) {
        for (int unit = 100_000; unit > 0; unit /= 10) {
            line.append((char) ('0' + number / unit % 10));
        }
    }

    /** Most texts have nothing to be escaped, and are copied whole. */
    private static StringBuilder escape(StringBuilder line, String text) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return line.append(text);
        }
        line.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                line.append(c);
            } else if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
        return line;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }
}
