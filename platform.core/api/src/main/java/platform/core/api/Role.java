package platform.core.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may do with the platform; each role may do what those before it may. */
public enum Role {
    /** Sees, and changes nothing. */
    VIEWER,
    /** Runs what is there: starts, stops, sets, backs up. */
    OPERATOR,
    /** May do everything, as the platform's user on the machine may. */
    ADMINISTRATOR;

    /** Whether this role may do what the other may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /**
     * Reads its name in lower case.
     *
     * @throws PlatformException of kind INVALID when there is no such role
     */
    public static Role parse(String text) {
        return Arrays.stream(values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> PlatformException.invalid("There is no role " + InstanceId.quoted(text) + ". Use "
                        + Arrays.stream(values()).map(Role::toString).collect(Collectors.joining(", ")) + "."));
    }

    /** In lower case, as it is typed and shown. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
