package platform.webserver.jetty;

import java.util.Locale;
import java.util.regex.Pattern;
import platform.webserver.api.WebserverException;

/** Which host names an instance may have for itself, and how the name in a request is compared with them. */
final class HostRules {

    /** RFC 1123 2.1, RFC 1035 2.3.4. */
    private static final int MAX_LENGTH = 253;

    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private HostRules() {}

    static void check(String host) {
        if (host.length() > MAX_LENGTH || !NAME.matcher(host).matches()) {
            throw new WebserverException("'" + host + "' is no host name that can be used. Give one such as"
                    + " notes.example.com: letters, digits and '-' between dots, no port; write other letters in"
                    + " their ASCII form (xn--…).");
        }
        if (host.equals("localhost")) {
            throw new WebserverException(
                    "'localhost' is this machine's own name, by which administrators come in." + " Use another.");
        }
    }

    /** The name alone, of what stands in the header Host. */
    static String nameOf(String host) {
        int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.toLowerCase(Locale.ROOT);
    }
}
