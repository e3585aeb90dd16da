package platform.core.api;

import java.util.Arrays;
import java.util.Locale;

/** Where a service runs. */
public enum Isolation {
    /** In the platform's own process, by a class loader of its own. */
    BUNDLE,
    /** In a process of its own. */
    PROCESS;

    /** As an administrator types it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param word as {@link #word} says it, in any case
     * @throws PlatformException INVALID when there is no such place
     */
    public static Isolation parse(String word) {
        return Arrays.stream(values())
                .filter(it -> it.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        PlatformException.invalid(InstanceId.quoted(word) + " is no place. Use process or bundle"));
    }
}
