package platform.core.manager;

import java.net.IDN;
import java.util.Locale;

/** The form in which clients send host names, and we keep them: lower case, ASCII, no dot at the end. */
final class HostForm {

    private HostForm() {}

    /** @param given as somebody types it; what is no host name stays as it is, and the webserver says what is wrong with it */
    static String kept(String given) {
        String name = given.strip();
        String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            return IDN.toASCII(relative).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
