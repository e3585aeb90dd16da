package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import platform.core.api.State;

class LifecycleTest {

    private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");

    /** How each state is entered. */
    private static final Map<State, Consumer<Lifecycle>> ENTER = new EnumMap<>(Map.of(
            State.STARTING, Lifecycle::starting,
            State.RUNNING, Lifecycle::running,
            State.DEGRADED, life -> life.degraded("It is slow."),
            State.STOPPING, life -> life.stopping("It has to."),
            State.STOPPED, life -> life.stopped("It had to."),
            State.FAILED, life -> life.failed("It broke."),
            State.QUARANTINED, life -> life.failed("It broke again.")));

    /** The way from the beginning to each state. */
    private static final Map<State, State[]> WAYS = Map.of(
            State.INSTALLED,
            new State[] {},
            State.STARTING,
            new State[] {State.STARTING},
            State.RUNNING,
            new State[] {State.STARTING, State.RUNNING},
            State.DEGRADED,
            new State[] {State.STARTING, State.RUNNING, State.DEGRADED},
            State.STOPPING,
            new State[] {State.STARTING, State.RUNNING, State.STOPPING},
            State.STOPPED,
            new State[] {State.STOPPED},
            State.FAILED,
            new State[] {State.STARTING, State.FAILED},
            State.QUARANTINED,
            new State[] {State.STARTING, State.QUARANTINED});

    private static final Map<State, Set<State>> ALLOWED = Map.of(
            State.INSTALLED, Set.of(State.STARTING, State.STOPPED, State.FAILED),
            State.STARTING, Set.of(State.RUNNING, State.FAILED, State.QUARANTINED),
            State.RUNNING, Set.of(State.DEGRADED, State.STOPPING),
            State.DEGRADED, Set.of(State.RUNNING, State.STOPPING),
            State.STOPPING, Set.of(State.STOPPED, State.FAILED, State.QUARANTINED),
            State.STOPPED, Set.of(State.STARTING),
            State.FAILED, Set.of(State.STARTING, State.STOPPED),
            State.QUARANTINED, Set.of(State.STARTING, State.STOPPED));

    private final Fakes.FakeClock clock = new Fakes.FakeClock(BEGIN);
    private RestartPolicy policy = SupervisionSettings.DEFAULT.restart();
    private double random = 0.5;
    private final Lifecycle life = newLife();

    private Lifecycle newLife() {
        return new Lifecycle(clock, () -> policy, () -> random);
    }

    private void fail() {
        life.starting();
        life.failed("It broke.");
    }

    private Duration pause() {
        return Duration.between(clock.instant(), life.status().nextAttempt().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aStateLeadsToTheStatesThatMakeSenseAndToNoOther(State from) {
        for (Map.Entry<State, Consumer<Lifecycle>> enter : ENTER.entrySet()) {
            State to = enter.getKey();
            Lifecycle fresh = newLife();
            for (State step : WAYS.get(from)) {
                quarantineAtOnce(step == State.QUARANTINED);
                ENTER.get(step).accept(fresh);
            }
            assertThat(fresh.status().state()).isEqualTo(from);
            quarantineAtOnce(to == State.QUARANTINED);
            if (from == to || ALLOWED.get(from).contains(to)) {
                enter.getValue().accept(fresh);
                assertThat(fresh.status().state()).as(from + " to " + to).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> enter.getValue().accept(fresh))
                        .as(from + " to " + to)
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    private void quarantineAtOnce(boolean wanted) {
        policy = new RestartPolicy(
                policy.firstPause(), policy.longestPause(), policy.healthy(), wanted ? 1 : 0, policy.crashLoopPeriod());
    }

    @Test
    void saysWhyAndSinceWhen() {
        life.starting();
        life.running();
        clock.advance(Duration.ofMinutes(1));
        life.degraded("It is slow.");
        clock.advance(Duration.ofMinutes(1));
        life.degraded("It is very slow.");

        assertThat(life.status().reason()).isEqualTo("It is very slow.");
        assertThat(life.status().since()).isEqualTo(BEGIN.plusSeconds(60));
        assertThat(life.isUp()).isTrue();
    }

    @Test
    void thePauseDoublesFromASecondToFiveMinutes() {
        quarantineAtOnce(false);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            fail();
            assertThat(pause()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(life.isDue()).isFalse();
            clock.advance(pause());
            assertThat(life.isDue()).isTrue();
        }
    }

    @Test
    void thePauseIsAFifthShorterOrLongerAtMost() {
        random = 0;
        fail();
        assertThat(pause()).isEqualTo(Duration.ofMillis(800));
        random = 1;
        fail();
        assertThat(pause()).isEqualTo(Duration.ofMillis(2400));
        assertThat(policy.pause(1000, 1)).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void tenHealthyMinutesMakeFailuresForgotten() {
        fail();
        fail();
        fail();
        life.starting();
        life.running();
        clock.advance(Duration.ofMinutes(10));
        life.stopping("It broke.");
        life.failed("It broke.");
        assertThat(pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void lessThanTenHealthyMinutesMakeNothingForgotten() {
        fail();
        life.starting();
        life.running();
        clock.advance(Duration.ofMinutes(9));
        life.stopping("It broke.");
        life.failed("It broke.");
        assertThat(pause()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theFifthFailureWithinTenMinutesPutsItIntoQuarantine() {
        for (int i = 0; i < 4; i++) {
            fail();
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(life.status().state()).isEqualTo(State.FAILED);
        fail();

        assertThat(life.status().state()).isEqualTo(State.QUARANTINED);
        assertThat(life.status().reason()).contains("5 times", "It broke.");
        assertThat(life.status().nextAttempt()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(life.isDue()).isFalse();
    }

    @Test
    void failuresThatAreFarApartPutNothingIntoQuarantine() {
        for (int i = 0; i < 20; i++) {
            fail();
            clock.advance(Duration.ofMinutes(3));
        }
        assertThat(life.status().state()).isEqualTo(State.FAILED);
    }

    @Test
    void somebodysActMakesFailuresForgotten() {
        for (int i = 0; i < 5; i++) {
            fail();
        }
        assertThat(life.status().state()).isEqualTo(State.QUARANTINED);
        life.release();
        fail();
        assertThat(life.status().state()).isEqualTo(State.FAILED);
        assertThat(pause()).isEqualTo(Duration.ofSeconds(1));

        life.stopped("An administrator stopped it.");
        assertThat(life.status().nextAttempt()).isEmpty();
        fail();
        assertThat(pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theFaultOfOthersCountsNothing() {
        for (int i = 0; i < 20; i++) {
            life.starting();
            life.hindered("The database is away.");
            assertThat(pause()).isEqualTo(Duration.ofSeconds(1));
        }
        fail();
        assertThat(pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whyItFailedIsStillSaidWhileItIsTriedAgain() {
        fail();
        life.starting();
        assertThat(life.status().reason()).isEqualTo("It broke.");
        life.running();
        assertThat(life.status().reason()).isEmpty();
    }

    @Test
    void whatIsRefusedIsNotTriedAgain() {
        life.refused("It is no app.");
        assertThat(life.status().state()).isEqualTo(State.FAILED);
        assertThat(life.status().nextAttempt()).isEmpty();
    }
}
