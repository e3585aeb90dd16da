package platform.core.api;

import java.util.Arrays;
import java.util.Locale;

/** How bad it is, from bad to worse, after ITU-T X.733. */
public enum AlarmSeverity {
    /** Nothing is wrong yet, but will be if nobody acts. */
    WARNING,
    /** Something is wrong that users hardly notice. */
    MINOR,
    /** Users notice; act today. */
    MAJOR,
    /** Something does not work at all; act now. */
    CRITICAL;

    /** As an administrator types it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param word as {@link #word} says it, in any case
     * @throws PlatformException INVALID when there is no such severity
     */
    public static AlarmSeverity parse(String word) {
        return Arrays.stream(values())
                .filter(it -> it.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> PlatformException.invalid(
                        InstanceId.quoted(word) + " is no severity: use warning, minor, major or critical"));
    }
}
