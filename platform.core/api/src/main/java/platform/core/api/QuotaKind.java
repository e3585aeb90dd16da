package platform.core.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an instance can be limited in: of its database, and of what it takes from the platform it shares with others. */
public enum QuotaKind {
    /** The connections that are open at once. */
    CONNECTIONS(Unit.COUNT),
    /** How long a statement may take. */
    STATEMENT_TIME(Unit.MILLISECONDS),
    /** How long a transaction may stay open while it does nothing. */
    IDLE_IN_TRANSACTION(Unit.MILLISECONDS),
    /** What each connection may have in temporary files. */
    TEMP(Unit.BYTES),
    /** The size of the database that raises an alarm. */
    SIZE_SOFT(Unit.BYTES),
    /** The size of the database beyond which nothing can be added or changed. */
    SIZE_HARD(Unit.BYTES),
    /** The requests that are being answered, or wait for it. */
    REQUESTS(Unit.COUNT),
    /** The open WebSockets. */
    SOCKETS(Unit.COUNT),
    /** The tasks of the app's own that wait for its executor. */
    TASKS(Unit.COUNT),
    /** What is written into its log in an hour. */
    LOG(Unit.BYTES);

    private final Unit unit;

    QuotaKind(Unit unit) {
        this.unit = unit;
    }

    /** As an administrator types it: {@code size-soft}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param word as {@link #word} says it
     * @throws PlatformException INVALID when there is no such limit
     */
    public static QuotaKind parse(String word) {
        return Arrays.stream(values())
                .filter(it -> it.word().equals(word))
                .findFirst()
                .orElseThrow(() -> PlatformException.invalid("There is no limit " + InstanceId.quoted(word)
                        + ". There are: "
                        + Arrays.stream(values()).map(QuotaKind::word).collect(Collectors.joining(", ")) + "."));
    }

    /** Whether the database server sees to it; else the platform does. */
    public boolean isOfDatabase() {
        return compareTo(SIZE_HARD) <= 0;
    }

    /** In what its use and its limit are counted. */
    public Unit unit() {
        return unit;
    }

    /** How numbers are meant. */
    public enum Unit {
        COUNT,
        MILLISECONDS,
        BYTES
    }
}
