package platform.core.api;

/**
 * Between what the number of a setting lies, both included.
 *
 * @param min the least
 * @param max the most
 */
public record SettingBounds(long min, long max) {

    public boolean includes(long number) {
        return number >= min && number <= max;
    }

    /** As it is shown: {@code 1 to 8}. */
    @Override
    public String toString() {
        return min + " to " + max;
    }
}
