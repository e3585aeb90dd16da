package platform.core.manager;

import java.time.Duration;
import platform.core.api.Health;

/** What an instance's answers to the question how it is amount to, from a start to the next stop. */
final class HealthTrend {

    private boolean wasWell;
    private int badInARow;

    /** What to make of an answer. */
    enum Verdict {
        /** It has not been well yet, and need not be. */
        TOO_EARLY,
        WELL,
        DEGRADED,
        /** Only a restart can help. */
        BROKEN
    }

    Verdict judge(Health.Status answer, Duration sinceStart, SupervisionSettings settings) {
        if (answer == Health.Status.DOWN) {
            return bad(sinceStart, settings);
        }
        badInARow = 0;
        wasWell |= answer == Health.Status.UP;
        return answer == Health.Status.UP ? Verdict.WELL : Verdict.DEGRADED;
    }

    private Verdict bad(Duration sinceStart, SupervisionSettings settings) {
        if (!wasWell && sinceStart.compareTo(settings.startGrace()) < 0) {
            return Verdict.TOO_EARLY;
        }
        badInARow++;
        boolean broken = settings.healthFailures() > 0 && badInARow >= settings.healthFailures();
        return broken ? Verdict.BROKEN : Verdict.DEGRADED;
    }
}
