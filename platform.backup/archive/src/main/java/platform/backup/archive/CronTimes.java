package platform.backup.archive;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import platform.backup.api.BackupException;

/**
 * The moments of a cron expression in a time zone. Where summer time begins, what falls into the hour that is left out is due
 * at its end; where it ends, what falls into the hour that comes twice is due in the first only. An expression whose hour
 * begins with a star goes by elapsed time instead: not for what is left out, and in both hours. This is what cron does.
 *
 * <p>The library reckons without a zone: its own answers at these changes are wrong (its issues 253, 319 and 446).
 */
final class CronTimes {

    /** Far enough for a 29th of February on a given day of the week, over a century without a leap year. */
    private static final int MOST_PERIODS = 120;

    private final ExecutionTime times;
    private final ZoneRules rules;
    private final boolean elapsed;

    /** @throws BackupException when the expression has not the form of cron, or names no moment at all */
    CronTimes(String expression, ZoneId zone) {
        Cron cron = parse(expression);
        times = ExecutionTime.forCron(cron);
        rules = zone.getRules();
        elapsed = expression.strip().split("\\s+")[1].startsWith("*");
        if (next(Instant.EPOCH).isEmpty()) {
            throw new BackupException("The cron expression '" + expression + "' is never due. Give a day that exists.");
        }
    }

    private static Cron parse(String expression) {
        try {
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(expression)
                    .validate();
        } catch (IllegalArgumentException e) {
            throw new BackupException(
                    "The cron expression '" + expression + "' is not understood: " + e.getMessage()
                            + ". Give minute, hour, day of month, month and day of week: 0 2 * * * is at 02:00 every day.",
                    e);
        }
    }

    /** The first moment after this one; empty when there is none. */
    Optional<Instant> next(Instant after) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime from = LocalDateTime.ofInstant(after, offset);
        ZoneOffsetTransition end = rules.nextTransition(after);
        for (int i = 0; i < MOST_PERIODS; i++) {
            Optional<LocalDateTime> due = due(from, offset);
            if (due.isEmpty() || end == null || due.get().isBefore(end.getDateTimeBefore())) {
                ZoneOffset its = offset;
                return due.map(it -> it.toInstant(its));
            }
            if (end.isGap() && !elapsed && due.get().isBefore(end.getDateTimeAfter())) {
                return Optional.of(end.getInstant());
            }
            // Just before, because a moment that is due itself would not be found after itself.
            from = end.getDateTimeAfter().minusSeconds(1);
            offset = end.getOffsetAfter();
            end = rules.nextTransition(end.getInstant());
        }
        return Optional.empty();
    }

    /** The first moment after that one on a clock of this offset; not one that the clock before has shown already. */
    private Optional<LocalDateTime> due(LocalDateTime from, ZoneOffset offset) {
        Optional<LocalDateTime> due = onTheClock(from);
        while (!elapsed && due.isPresent() && cameBefore(due.get(), offset)) {
            due = onTheClock(due.get());
        }
        return due;
    }

    private boolean cameBefore(LocalDateTime time, ZoneOffset offset) {
        ZoneOffsetTransition change = rules.getTransition(time);
        return change != null && change.isOverlap() && change.getOffsetAfter().equals(offset);
    }

    private Optional<LocalDateTime> onTheClock(LocalDateTime from) {
        return times.nextExecution(from.atZone(ZoneOffset.UTC)).map(it -> it.toLocalDateTime());
    }

    /** The last moment after the first and not after the second of these; empty when there is none. */
    Optional<Instant> last(Instant after, Instant upTo) {
        for (long back = 60; ; back *= 2) {
            Instant begin = upTo.minusSeconds(back);
            Instant from = begin.isAfter(after) ? begin : after;
            Optional<Instant> found = next(from).filter(it -> !it.isAfter(upTo));
            if (found.isPresent()) {
                return Optional.of(lastFrom(found.get(), upTo));
            }
            if (!begin.isAfter(after)) {
                return Optional.empty();
            }
        }
    }

    private Instant lastFrom(Instant due, Instant upTo) {
        Instant last = due;
        Optional<Instant> next = next(last);
        while (next.isPresent() && !next.get().isAfter(upTo)) {
            last = next.get();
            next = next(last);
        }
        return last;
    }
}
