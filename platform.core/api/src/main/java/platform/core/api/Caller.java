package platform.core.api;

import java.util.Locale;

/**
 * Who asks the platform for something, and what he may ask for.
 *
 * @param user his name, or the name of an API token after that of its user: {@code anna/ci}
 * @param origin by which way he came
 * @param from the address of his machine, or his user on this one
 */
public record Caller(String user, Role role, AccessScope scope, Origin origin, String from) {

    private static final String LOCAL = "local";

    /** The platform's own user on this machine, or root: who can reach its files can do everything anyway. */
    public static Caller local(String user) {
        return new Caller(user, Role.ADMINISTRATOR, AccessScope.EVERYTHING, Origin.SHELL, LOCAL);
    }

    /** Whether it is the platform's own user on this machine, or root. */
    public boolean isLocal() {
        return origin == Origin.SHELL && from.equals(LOCAL);
    }

    /** By which way somebody comes. */
    public enum Origin {
        SHELL,
        SSH,
        REST,
        CONSOLE,
        /** The manager's socket. */
        SOCKET;

        /** In lower case, as it is shown. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether he may do what takes that role with that instance. */
    public boolean may(Role needed, InstanceId instance) {
        return role.includes(needed) && scope.includes(instance);
    }

    /** Whether he may do what takes that role and concerns more than the instances of a scope. */
    public boolean mayEverywhere(Role needed) {
        return role.includes(needed) && scope.everything();
    }
}
