package app.files;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Host and port, as URLs and requests name them (RFC 3986 3.2). */
final class Authority {

    private Authority() {}

    /** Whether a URL of this scheme and authority leads to the server that the client believes to talk to. */
    static boolean isOf(HttpServletRequest request, String scheme, String authority) {
        String host = request.getHeader("Host");
        // HTTP/1.0 and HTTP/2 have no Host header.
        String own = host == null ? request.getServerName() + ":" + request.getServerPort() : host;
        return plain(scheme, authority).equals(plain(scheme, own));
    }

    private static String plain(String scheme, String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        String port = "https".equalsIgnoreCase(scheme) ? ":443" : ":80";
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
