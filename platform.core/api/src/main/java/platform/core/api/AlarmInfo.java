package platform.core.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alarm as it is now.
 *
 * @param source what it is about
 * @param code what kind of trouble it is
 * @param severity how bad it is, as last raised
 * @param text what is wrong, as last raised
 * @param cause why it is so, as far as that is known; may be empty
 * @param fix a shell command that helps, word by word; empty when there is none
 * @param first when it was raised
 * @param last when it was raised again for the last time; the same as {@code first} if it was not
 * @param count how often it was raised
 * @param cleared since when it is over; empty while it is active
 * @param acknowledged who deals with it; empty while nobody does
 */
public record AlarmInfo(
        String source,
        String code,
        AlarmSeverity severity,
        String text,
        String cause,
        List<String> fix,
        Instant first,
        Instant last,
        long count,
        Optional<Instant> cleared,
        Optional<Acknowledgement> acknowledged) {

    public AlarmInfo {
        fix = List.copyOf(fix);
    }

    /** An active alarm that nobody has acknowledged. */
    public static AlarmInfo of(AlarmSpec spec, Instant first, Instant last, long count) {
        return new AlarmInfo(
                spec.source(),
                spec.code(),
                spec.severity(),
                spec.text(),
                spec.cause(),
                spec.fix(),
                first,
                last,
                count,
                Optional.empty(),
                Optional.empty());
    }

    /** The same, over since then. */
    public AlarmInfo clearedAt(Instant time) {
        return new AlarmInfo(
                source, code, severity, text, cause, fix, first, last, count, Optional.of(time), acknowledged);
    }

    /** The same, acknowledged by this one. */
    public AlarmInfo acknowledgedBy(Optional<Acknowledgement> somebody) {
        return new AlarmInfo(source, code, severity, text, cause, fix, first, last, count, cleared, somebody);
    }

    /** The same, raised again after an earlier one of the same source and code. */
    public AlarmInfo begunWith(AlarmInfo earlier) {
        return new AlarmInfo(
                source,
                code,
                severity,
                text,
                cause,
                fix,
                earlier.first,
                last,
                earlier.count + count,
                cleared,
                severity.compareTo(earlier.severity) > 0 ? acknowledged : earlier.acknowledged);
    }

    /** By what it is cleared: {@code source/code}. */
    public String id() {
        return source + "/" + code;
    }

    /** Whether it tells the same as an alarm that is to be raised, so that raising it would be no news. */
    public boolean says(AlarmSpec alarm) {
        return source.equals(alarm.source())
                && code.equals(alarm.code())
                && severity == alarm.severity()
                && text.equals(alarm.text());
    }
}
