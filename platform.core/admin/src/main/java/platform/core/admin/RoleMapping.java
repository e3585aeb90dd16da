package platform.core.admin;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import platform.core.api.AccessScope;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/**
 * What a value of a claim makes of a user.
 *
 * @param value as the identity provider writes it, with the same case
 */
record RoleMapping(String value, Role role, AccessScope scope) {

    /**
     * Reads {@code admins=administrator; acme-team=operator *@acme.example}.
     *
     * @throws PlatformException INVALID when it does not have that form
     */
    static List<RoleMapping> parse(String text) {
        return Stream.of(text.split(";"))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .map(RoleMapping::one)
                .toList();
    }

    private static RoleMapping one(String text) {
        int equals = text.lastIndexOf('=');
        String[] words = text.substring(equals + 1).strip().split("\\s+");
        if (equals < 1 || words.length > 2) {
            throw PlatformException.invalid("'" + text
                    + "' is no role for a claim's value. Write admins = administrator, or acme-team = operator"
                    + " *@acme.example");
        }
        Role role = Role.parse(words[0]);
        AccessScope scope = words.length == 2 ? AccessScope.parse(words[1]) : AccessScope.EVERYTHING;
        if (role == Role.ADMINISTRATOR && !scope.everything()) {
            throw PlatformException.invalid("'" + text + "': an administrator has everything as scope.");
        }
        return new RoleMapping(text.substring(0, equals).strip(), role, scope);
    }

    /** The first that fits; empty when none does: then nobody is let in. */
    static Optional<RoleMapping> first(List<RoleMapping> mappings, Collection<String> values) {
        return mappings.stream().filter(it -> values.contains(it.value())).findFirst();
    }
}
