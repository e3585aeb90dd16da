package platform.core.manager;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.PlatformException;
import platform.core.api.QuotaKind;

/** The limits of instances for which none were set, and what a limit can be. */
final class QuotaDefaults {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaDefaults.class);

    /** The same as those in {@link QuotaConfig}. */
    static final Map<QuotaKind, Optional<Long>> BUILT_IN = Map.of(
            QuotaKind.CONNECTIONS, Optional.of(5L),
            QuotaKind.STATEMENT_TIME, Optional.of(Duration.ofMinutes(15).toMillis()),
            QuotaKind.IDLE_IN_TRANSACTION, Optional.of(Duration.ofMinutes(5).toMillis()),
            QuotaKind.TEMP, Optional.of(1_000_000_000L),
            QuotaKind.SIZE_SOFT, Optional.empty(),
            QuotaKind.SIZE_HARD, Optional.empty(),
            QuotaKind.REQUESTS, Optional.of(192L),
            QuotaKind.SOCKETS, Optional.empty(),
            QuotaKind.TASKS, Optional.of(100_000L),
            QuotaKind.LOG, Optional.of(1_000_000_000L));

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s*([A-Za-z]*)");
    private static final Map<QuotaKind.Unit, Map<String, Long>> UNITS = Map.of(
            QuotaKind.Unit.COUNT,
            Map.of("", 1L),
            QuotaKind.Unit.MILLISECONDS,
            Map.of("s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L),
            QuotaKind.Unit.BYTES,
            Map.ofEntries(
                    Map.entry("m", 1_000_000L),
                    Map.entry("mb", 1_000_000L),
                    Map.entry("g", 1_000_000_000L),
                    Map.entry("gb", 1_000_000_000L),
                    Map.entry("t", 1_000_000_000_000L),
                    Map.entry("tb", 1_000_000_000_000L)));

    private static final long MOST_CONNECTIONS = 1000;
    private static final long MOST_OF_ANYTHING = 1_000_000_000;
    private static final long LEAST_TIME = 1000;
    private static final long MOST_TIME = Duration.ofDays(20).toMillis();
    private static final long LEAST_BYTES = 1_000_000;
    /** An empty database takes 8 MB. */
    private static final long LEAST_SIZE = 10_000_000;

    private static final long MOST_BYTES = 1_000_000_000_000_000L;

    private QuotaDefaults() {}

    /** Those of the configuration; one that makes no sense is named in the log, and is as it was built in. */
    static Map<QuotaKind, Optional<Long>> of(QuotaConfig config) {
        Map<QuotaKind, Optional<Long>> defaults = new EnumMap<>(BUILT_IN);
        read(defaults, QuotaKind.CONNECTIONS, config.quota_connections());
        read(defaults, QuotaKind.STATEMENT_TIME, config.quota_statement_time());
        read(defaults, QuotaKind.IDLE_IN_TRANSACTION, config.quota_idle_in_transaction());
        read(defaults, QuotaKind.TEMP, config.quota_temp());
        read(defaults, QuotaKind.SIZE_SOFT, config.quota_size_soft());
        read(defaults, QuotaKind.SIZE_HARD, config.quota_size_hard());
        read(defaults, QuotaKind.REQUESTS, config.limit_requests());
        read(defaults, QuotaKind.SOCKETS, config.limit_sockets());
        read(defaults, QuotaKind.TASKS, config.limit_tasks());
        read(defaults, QuotaKind.LOG, config.limit_log());
        return defaults;
    }

    private static void read(Map<QuotaKind, Optional<Long>> defaults, QuotaKind kind, String text) {
        String key = (kind.isOfDatabase() ? "quota." : "limit.")
                + kind.name().toLowerCase(Locale.ROOT).replace('_', '.');
        try {
            Optional<Long> limit = text.strip().equals("none") ? Optional.empty() : Optional.of(parse(kind, text));
            check(kind, limit);
            defaults.put(kind, limit);
        } catch (PlatformException e) {
            LOG.error(
                    "The setting {} in etc/platform.core.manager.cfg is '{}', so its default holds: {}",
                    key,
                    text,
                    e.getMessage());
        }
    }

    private static long parse(QuotaKind kind, String text) {
        Matcher parts = FORM.matcher(text.strip());
        Long unit = parts.matches() ? UNITS.get(kind.unit()).get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw PlatformException.invalid(
                    switch (kind.unit()) {
                        case COUNT -> "Give a number, or none.";
                        case MILLISECONDS -> "Give a number and s, m, h or d, such as 90s, or none.";
                        case BYTES -> "Give a number and MB, GB or TB, such as 512MB, or none.";
                    });
        }
        return Long.parseLong(parts.group(1)) * unit;
    }

    /**
     * Whether a limit can be kept.
     *
     * @throws PlatformException INVALID when it cannot
     */
    static void check(QuotaKind kind, Optional<Long> limit) {
        switch (kind) {
            case CONNECTIONS -> within(limit, 1, MOST_CONNECTIONS, "A number of connections is 1 to 1000.");
            case STATEMENT_TIME, IDLE_IN_TRANSACTION ->
                within(limit, LEAST_TIME, MOST_TIME, "A time is from a second to 20 days.");
            case REQUESTS, SOCKETS, TASKS -> within(limit, 1, MOST_OF_ANYTHING, "A number is 1 to a billion.");
            case LOG -> within(limit, LEAST_BYTES, MOST_BYTES, "A log can be limited to 1 MB an hour or more.");
            case TEMP -> within(limit, LEAST_BYTES, MOST_BYTES, "Temporary files can be limited to 1 MB or more.");
            case SIZE_SOFT, SIZE_HARD ->
                within(limit, LEAST_SIZE, MOST_BYTES, "A size is 10 MB or more: an empty database takes 8 MB already.");
        }
    }

    /**
     * Whether the alarm of the soft limit comes before the database is closed.
     *
     * @throws PlatformException INVALID when it cannot
     */
    static void checkSizes(Optional<Long> soft, Optional<Long> hard) {
        if (soft.isPresent() && hard.isPresent() && soft.get() >= hard.get()) {
            throw PlatformException.invalid(String.format(
                    "The soft limit of the size, %,.1f MB, is not below the hard one, %,.1f MB: its alarm would not come"
                            + " before the database is closed. Set a lower soft limit, a higher hard one, or none.",
                    soft.get() / 1e6, hard.get() / 1e6));
        }
    }

    private static void within(Optional<Long> limit, long least, long most, String message) {
        if (limit.filter(it -> it < least || it > most).isPresent()) {
            throw PlatformException.invalid(message);
        }
    }
}
