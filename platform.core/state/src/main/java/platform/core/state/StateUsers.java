package platform.core.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AccessScope;
import platform.core.api.ExternalUser;
import platform.core.api.Role;
import platform.core.api.UserInfo;
import platform.core.api.Users;

/** Who may log in, with role and scope. */
final class StateUsers extends StatePart {

    private final Users users;
    private final String caller;

    /** @param caller the name of the user who applies the document */
    StateUsers(Users users, String caller) {
        super("users", "user", "password");
        this.users = users;
        this.caller = caller;
    }

    @Override
    Map<String, Object> standard(String name) {
        return fields("", AccessScope.EVERYTHING, true);
    }

    private static Map<String, Object> fields(String role, AccessScope scope, boolean enabled) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("role", role);
        fields.put("scope", scope.toString());
        fields.put("enabled", enabled);
        return fields;
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (UserInfo user : users.list()) {
            // Who comes by way of an identity provider is made and changed by his login.
            if (!ExternalUser.isName(user.name())) {
                all.put(user.name(), fields(user.role().toString(), user.scope(), user.enabled()));
            }
        }
        return all;
    }

    @Override
    Object normal(String key, Object value) {
        return switch (key) {
            case "role" -> Role.parse((String) value).toString();
            case "scope" -> AccessScope.parse((String) value).toString();
            default -> value;
        };
    }

    @Override
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        return wanted.given("role").isPresent() ? Optional.empty() : Optional.of("Say which role the user shall have.");
    }

    @Override
    String create(StateWanted wanted) {
        Optional<String> named = Optional.ofNullable(wanted.secrets().get("password"));
        String password = users.add(wanted.name(), role(wanted), scope(wanted), named);
        if (!wanted.truth("enabled")) {
            users.setEnabled(wanted.name(), false);
        }
        return named.isPresent() ? "" : "password (shown only now): " + password;
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        if (wanted.changes("role", present) || wanted.changes("scope", present)) {
            users.setRole(wanted.name(), role(wanted), scope(wanted));
        }
        if (wanted.changes("enabled", present)) {
            users.setEnabled(wanted.name(), wanted.truth("enabled"));
        }
        return "";
    }

    /** Not who applies the document, and no administrator while nobody whom it names would be in charge. */
    @Override
    boolean isRemovable(String name, YamlBlock document) {
        return !name.equals(caller)
                && (!isInCharge(present().get(name))
                        || document.keys().stream().anyMatch(it -> isInCharge(wanted(it, document.block(it)))));
    }

    private static boolean isInCharge(Map<String, Object> user) {
        return user.get("role").equals(Role.ADMINISTRATOR.toString())
                && user.get("enabled").equals(true);
    }

    private Map<String, Object> wanted(String name, YamlBlock named) {
        Map<String, Object> fields = present().getOrDefault(name, standard(name));
        fields.replaceAll((key, value) -> named.has(key) ? normal(key, named.like(value, key)) : value);
        return fields;
    }

    private static Role role(StateWanted wanted) {
        return Role.parse(wanted.text("role"));
    }

    private static AccessScope scope(StateWanted wanted) {
        return AccessScope.parse(wanted.text("scope"));
    }

    @Override
    void remove(String name) {
        users.remove(name);
    }
}
