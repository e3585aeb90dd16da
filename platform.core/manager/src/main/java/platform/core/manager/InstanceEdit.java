package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceChange;
import platform.core.api.PlatformException;

/** What a change makes of a record. */
final class InstanceEdit {

    private static final Duration LONGEST_REDIRECT = Duration.ofDays(3650);

    private static final Duration LONGEST_GRACE = Duration.ofDays(30);

    private InstanceEdit() {}

    /** @throws PlatformException INVALID when the old path is to be kept in a way that makes no sense */
    static InstanceRecord apply(InstanceChange change, InstanceRecord record, Clock clock) {
        Map<String, String> settings = new HashMap<>(record.settings());
        settings.putAll(change.settings());
        settings.values().removeIf(String::isEmpty);
        return record.withPath(change.path().orElse(record.path()))
                .withPassword(change.password().orElse(record.password()))
                .withFormerPassword(change.password().isPresent() ? Optional.empty() : record.formerPassword())
                .withSettings(Map.copyOf(settings))
                .withTrace(change.trace().orElse(record.trace()))
                .withAliases(host(change, record), formerPaths(change, record, clock.instant()));
    }

    /** @throws PlatformException INVALID when the former password would be accepted for too long */
    static void checkGrace(Duration grace) {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw PlatformException.invalid("The former password can be accepted for " + LONGEST_GRACE.toDays()
                    + " days at most; 0 is not at all.");
        }
    }

    /** Setting the same password again changes nothing, and does not prolong what is accepted. */
    static InstanceRecord withNewPassword(InstanceRecord record, String password, Duration grace, Instant now) {
        if (password.equals(record.password())) {
            return record;
        }
        Optional<FormerPassword> former = grace.isZero()
                ? Optional.empty()
                : Optional.of(
                        new FormerPassword(record.password(), now.plus(grace).truncatedTo(ChronoUnit.SECONDS)));
        return record.withPassword(password).withFormerPassword(former);
    }

    private static Optional<String> host(InstanceChange change, InstanceRecord record) {
        return change.host().isEmpty()
                ? record.host()
                : change.host().filter(name -> !name.isEmpty()).map(HostForm::kept);
    }

    /** Whether the app has to know of the change. */
    static boolean concernsApp(InstanceRecord before, InstanceRecord after) {
        return !before.settings().equals(after.settings()) || !before.password().equals(after.password());
    }

    private static Map<String, Instant> formerPaths(InstanceChange change, InstanceRecord record, Instant now) {
        Map<String, Instant> paths = new HashMap<>(change.dropOldPaths() ? Map.of() : record.formerPaths());
        change.keepOldPath().ifPresent(time -> paths.put(record.path(), until(time, change, record, now)));
        change.path().ifPresent(paths::remove);
        paths.values().removeIf(until -> !until.isAfter(now));
        return Map.copyOf(paths);
    }

    private static Instant until(Duration time, InstanceChange change, InstanceRecord record, Instant now) {
        if (change.path().filter(path -> !path.equals(record.path())).isEmpty()) {
            throw PlatformException.invalid(
                    "The old path of " + record.id() + " can be kept only with a new one: give --path too.");
        }
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST_REDIRECT) > 0) {
            throw PlatformException.invalid(
                    "The old path of " + record.id() + " can redirect for at least a second, and" + " for at most "
                            + LONGEST_REDIRECT.toDays() + " days.");
        }
        return now.plus(time).truncatedTo(ChronoUnit.SECONDS);
    }
}
