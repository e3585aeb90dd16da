package platform.tracing.logback;

import java.time.Clock;
import java.time.Duration;
import platform.tracing.api.LogUse;

/** How much an instance, or a service without one, may log in an hour of the clock, and how much of it is gone. */
final class LogBudget {

    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private final Clock clock;
    private long limit = Long.MAX_VALUE;
    private long hour;
    private long bytes;
    private long dropped;

    LogBudget(Clock clock) {
        this.clock = clock;
    }

    synchronized void limit(long bytesPerHour) {
        limit = bytesPerHour;
    }

    /** What becomes of a line. */
    enum Verdict {
        WRITE,
        /** The first that does not fit: somebody should be told. */
        DROP_FIRST,
        DROP
    }

    synchronized Verdict take(int length) {
        follow();
        if (bytes + length <= limit) {
            bytes += length;
            return Verdict.WRITE;
        }
        dropped++;
        return dropped == 1 ? Verdict.DROP_FIRST : Verdict.DROP;
    }

    synchronized LogUse use() {
        follow();
        return new LogUse(bytes, dropped);
    }

    private void follow() {
        long now = clock.instant().getEpochSecond() / HOUR;
        if (now != hour) {
            hour = now;
            bytes = 0;
            dropped = 0;
        }
    }
}
