package platform.webserver.jetty;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.HostPort;

/**
 * What a proxy says about the request that it passes on (RFC 7239, or the older headers X-Forwarded-*).
 *
 * @param client who sent it to that proxy; null when it does not say, or in no way that can be read
 * @param scheme {@code http} or {@code https}; null when it does not say
 * @param host the host that was asked for, perhaps with a port; null when it does not say
 */
record Hop(InetAddress client, String scheme, HostPort host) {

    /** What the proxies say, the one nearest to the client first; empty when none says anything. */
    static List<Hop> of(HttpFields headers) {
        return headers.contains(HttpHeader.FORWARDED) ? standard(headers) : older(headers);
    }

    private static List<Hop> standard(HttpFields headers) {
        List<Hop> hops = new ArrayList<>();
        for (String element : split(String.join(",", headers.getValuesList(HttpHeader.FORWARDED)), ',')) {
            Map<String, String> pairs = new HashMap<>();
            for (String pair : split(element, ';')) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    pairs.put(pair.substring(0, equals).strip().toLowerCase(Locale.ROOT), unquoted(pair, equals + 1));
                }
            }
            hops.add(hop(pairs.get("for"), pairs.get("proto"), pairs.get("host"), null));
        }
        return hops;
    }

    /** Proxies add to X-Forwarded-For, and some to the others as well; those that do not, set them to one value. */
    private static List<Hop> older(HttpFields headers) {
        List<String> clients = list(headers, HttpHeader.X_FORWARDED_FOR);
        List<String> schemes = list(headers, HttpHeader.X_FORWARDED_PROTO);
        List<String> hosts = list(headers, HttpHeader.X_FORWARDED_HOST);
        List<String> ports = list(headers, HttpHeader.X_FORWARDED_PORT);
        if (clients.isEmpty() && schemes.isEmpty() && hosts.isEmpty()) {
            return List.of();
        }
        int count = Math.max(1, clients.size());
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hops.add(hop(at(clients, i, count), at(schemes, i, count), at(hosts, i, count), at(ports, i, count)));
        }
        return hops;
    }

    private static List<String> list(HttpFields headers, HttpHeader header) {
        return split(String.join(",", headers.getValuesList(header)), ',');
    }

    private static String at(List<String> values, int index, int count) {
        return values.isEmpty() ? null : values.size() == count ? values.get(index) : values.get(values.size() - 1);
    }

    private static Hop hop(String client, String scheme, String host, String port) {
        String known = scheme == null ? null : scheme.toLowerCase(Locale.ROOT);
        return new Hop(
                client == null ? null : address(client),
                "http".equals(known) || "https".equals(known) ? known : null,
                host == null ? null : hostPort(host, port));
    }

    /** The address without the port that may stand behind it. */
    private static InetAddress address(String text) {
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            return Proxies.literal(text.substring(1, bracket));
        }
        int colon = text.indexOf(':');
        boolean withPort = colon > 0 && text.indexOf(':', colon + 1) < 0;
        return Proxies.literal(withPort ? text.substring(0, colon) : text);
    }

    private static HostPort hostPort(String host, String port) {
        try {
            HostPort given = new HostPort(host);
            boolean more = port != null && !given.hasPort() && port.matches("\\d{1,5}");
            return more ? new HostPort(given.getHost(), Integer.parseInt(port)) : given;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Splits at a character that stands outside of quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator && !quoted) {
                String part = text.substring(begin, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                begin = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == '\\' && quoted) {
                i++;
            }
        }
        return parts;
    }

    private static String unquoted(String text, int from) {
        String value = text.substring(from).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
