package platform.core.api;

import java.util.Objects;

/**
 * How an instance is.
 *
 * @param status whether it does its work
 * @param message what an administrator should know, empty when there is nothing to say
 */
public record Health(Status status, String message) {

    private static final Health UP = new Health(Status.UP, "");

    public Health {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(message, "message");
    }

    public static Health up() {
        return UP;
    }

    public static Health degraded(String message) {
        return new Health(Status.DEGRADED, message);
    }

    public static Health down(String message) {
        return new Health(Status.DOWN, message);
    }

    /** Whether an instance does its work. */
    public enum Status {
        UP,
        DEGRADED,
        DOWN
    }
}
