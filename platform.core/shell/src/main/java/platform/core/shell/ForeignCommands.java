package platform.core.shell;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import platform.core.api.Role;

/**
 * The commands of others, which cannot say themselves what they need. They reach the whole framework and the platform's files:
 * it takes an administrator for each. What is not listed here nobody can run.
 */
final class ForeignCommands {

    private static final Set<String> KNOWN = Set.of(
            "cm:createfactoryconfiguration",
            "cm:getconfiguration",
            "cm:getfactoryconfiguration",
            "cm:listconfigurations",
            "felix:bundlelevel",
            "felix:cd",
            "felix:frameworklevel",
            "felix:headers",
            "felix:help",
            "felix:inspect",
            "felix:install",
            "felix:lb",
            "felix:log",
            "felix:ls",
            "felix:refresh",
            "felix:resolve",
            "felix:start",
            "felix:stop",
            "felix:uninstall",
            "felix:update",
            "felix:which",
            "gogo:break",
            "gogo:cat",
            "gogo:clear",
            "gogo:continue",
            "gogo:date",
            "gogo:each",
            "gogo:echo",
            "gogo:grep",
            "gogo:head",
            "gogo:if",
            "gogo:less",
            "gogo:not",
            "gogo:sleep",
            "gogo:sort",
            "gogo:tail",
            "gogo:throw",
            "gogo:try",
            "gogo:until",
            "gogo:watch",
            "gogo:wc",
            "gogo:while",
            "hc:exec",
            "hc:list",
            "scr:config",
            "scr:disable",
            "scr:enable",
            "scr:info",
            "scr:list");

    /** They sift and steer, and change nothing: what they run is noted by itself. */
    private static final String HARMLESS = "gogo:";

    private ForeignCommands() {}

    static Set<String> names() {
        return KNOWN;
    }

    /** The role that it takes; empty for a command that is not known. Gogo does not tell capital letters from small ones. */
    static Optional<Role> role(String name) {
        return KNOWN.contains(name.toLowerCase(Locale.ROOT)) ? Optional.of(Role.ADMINISTRATOR) : Optional.empty();
    }

    static boolean isAudited(String name) {
        return !name.startsWith(HARMLESS);
    }
}
