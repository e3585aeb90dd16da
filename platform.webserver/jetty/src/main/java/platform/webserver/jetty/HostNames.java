package platform.webserver.jetty;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import platform.webserver.api.WebserverException;

/** Host names as clients send them: lower case, ASCII, no dot at the end. */
final class HostNames {

    private static final Pattern NAME =
            Pattern.compile("(?:\\*\\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");
    private static final int LONGEST = 253;

    private HostNames() {}

    static Optional<String> normal(Optional<String> host) {
        return host.map(HostNames::normal);
    }

    /**
     * The name as it is kept and compared.
     *
     * @throws WebserverException when no client can ask for a certificate by this name
     */
    static String normal(String host) {
        if (isAddress(host.strip())) {
            throw new WebserverException(
                    "'" + host + "' is an address: clients ask for certificates by host names only. "
                            + "Import it as the default certificate, without a host.");
        }
        String name = ascii(host.strip());
        if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
            throw new WebserverException(
                    "'" + host + "' is no host name. Give one such as www.example.com or *.example.com.");
        }
        return name;
    }

    static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    private static String ascii(String host) {
        String relative = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return relative.startsWith("*.")
                    ? "*." + IDN.toASCII(relative.substring(2)).toLowerCase(Locale.ROOT)
                    : IDN.toASCII(relative).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return relative;
        }
    }
}
