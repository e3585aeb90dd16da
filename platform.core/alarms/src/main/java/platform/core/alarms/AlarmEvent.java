package platform.core.alarms;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;

/**
 * What a sink is told of an alarm, in the form in which it waits on the disk.
 *
 * @param seconds when, since 1970: when it was raised first, or is over
 */
record AlarmEvent(
        Kind kind,
        String source,
        String code,
        AlarmSeverity severity,
        String text,
        String cause,
        String fix,
        long seconds,
        long count) {

    /** What has happened. */
    enum Kind {
        RAISED,
        CLEARED,
        TEST
    }

    static AlarmEvent of(AlarmInfo alarm) {
        return new AlarmEvent(
                alarm.cleared().isPresent() ? Kind.CLEARED : Kind.RAISED,
                alarm.source(),
                alarm.code(),
                alarm.severity(),
                alarm.text(),
                alarm.cause(),
                String.join(" ", alarm.fix()),
                alarm.cleared().orElse(alarm.first()).getEpochSecond(),
                alarm.count());
    }

    static AlarmEvent test(String sink, Instant now) {
        return new AlarmEvent(
                Kind.TEST,
                "platform",
                "test",
                AlarmSeverity.WARNING,
                "This is a test of the alarm sink " + sink + ". Nothing is wrong.",
                "",
                "",
                now.getEpochSecond(),
                1);
    }

    AlarmEvent clearedAt(Instant now) {
        return new AlarmEvent(Kind.CLEARED, source, code, severity, text, cause, fix, now.getEpochSecond(), count);
    }

    String id() {
        return source + "/" + code;
    }

    Instant time() {
        return Instant.ofEpochSecond(seconds).truncatedTo(ChronoUnit.SECONDS);
    }

    /** How bad it is, or what has happened, and the alarm. */
    String title() {
        return (kind == Kind.RAISED ? severity.name() : kind.name()) + " " + id();
    }

    /** Severity, alarm and what is known of it, line by line. */
    String details() {
        StringBuilder details = new StringBuilder(headline());
        if (!cause.isEmpty()) {
            details.append("\nCause: ").append(cause);
        }
        if (!fix.isEmpty()) {
            details.append("\nFix: ").append(fix);
        }
        return details.toString();
    }

    private String headline() {
        return switch (kind) {
            case RAISED -> title() + " since " + time() + (count > 1 ? ", raised " + count + " times" : "");
            case CLEARED, TEST -> title() + " at " + time();
        };
    }
}
