package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import platform.core.api.Health.Status;
import platform.core.manager.HealthTrend.Verdict;

class HealthTrendTest {

    private static final Duration YOUNG = Duration.ofSeconds(29);
    private static final Duration OLD = Duration.ofSeconds(30);

    private final HealthTrend trend = new HealthTrend();

    private Verdict judge(Status answer, Duration age) {
        return trend.judge(answer, age, SupervisionSettings.DEFAULT);
    }

    @Test
    void isBrokenAfterThreeBadAnswersInARow() {
        assertThat(judge(Status.UP, OLD)).isEqualTo(Verdict.WELL);
        assertThat(judge(Status.DOWN, OLD)).isEqualTo(Verdict.DEGRADED);
        assertThat(judge(Status.DOWN, OLD)).isEqualTo(Verdict.DEGRADED);
        assertThat(judge(Status.DOWN, OLD)).isEqualTo(Verdict.BROKEN);
    }

    @Test
    void aBetterAnswerBreaksTheRow() {
        judge(Status.DOWN, OLD);
        judge(Status.DOWN, OLD);
        assertThat(judge(Status.DEGRADED, OLD)).isEqualTo(Verdict.DEGRADED);
        assertThat(judge(Status.DOWN, OLD)).isEqualTo(Verdict.DEGRADED);
        assertThat(judge(Status.UP, OLD)).isEqualTo(Verdict.WELL);
    }

    @Test
    void whoSaysDegradedIsNeverBroken() {
        for (int i = 0; i < 10; i++) {
            assertThat(judge(Status.DEGRADED, OLD)).isEqualTo(Verdict.DEGRADED);
        }
    }

    @Test
    void needNotBeWellInItsGraceUnlessItWasOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(judge(Status.DOWN, YOUNG)).isEqualTo(Verdict.TOO_EARLY);
        }
        judge(Status.UP, YOUNG);
        assertThat(judge(Status.DOWN, YOUNG)).isEqualTo(Verdict.DEGRADED);
    }
}
