package platform.core.manager;

import static platform.core.api.State.DEGRADED;
import static platform.core.api.State.FAILED;
import static platform.core.api.State.INSTALLED;
import static platform.core.api.State.QUARANTINED;
import static platform.core.api.State.RUNNING;
import static platform.core.api.State.STARTING;
import static platform.core.api.State.STOPPED;
import static platform.core.api.State.STOPPING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import platform.core.api.State;

/**
 * The state machine of a service or an instance: where it is, why and since when, and when it is tried again. Whoever owns it
 * changes it under a lock; it can be read without.
 */
final class Lifecycle {

    /** Where a state leads. To stay in one, for another reason, is always allowed. */
    private static final Map<State, Set<State>> NEXT = Map.of(
            INSTALLED, Set.of(STARTING, STOPPED, FAILED),
            STARTING, Set.of(RUNNING, FAILED, QUARANTINED),
            RUNNING, Set.of(DEGRADED, STOPPING),
            DEGRADED, Set.of(RUNNING, STOPPING),
            STOPPING, Set.of(STOPPED, FAILED, QUARANTINED),
            STOPPED, Set.of(STARTING),
            FAILED, Set.of(STARTING, STOPPED),
            QUARANTINED, Set.of(STARTING, STOPPED));

    private final Clock clock;
    private final Supplier<RestartPolicy> policy;
    private final DoubleSupplier random;
    private final Deque<Instant> failures = new ArrayDeque<>();
    private int failuresInARow;
    private volatile Status status;

    /**
     * @param policy asked at each failure
     * @param random from 0 to 1, for the jitter
     */
    Lifecycle(Clock clock, Supplier<RestartPolicy> policy, DoubleSupplier random) {
        this.clock = clock;
        this.policy = policy;
        this.random = random;
        this.status = new Status(INSTALLED, "", now(), Optional.empty());
    }

    Status status() {
        return status;
    }

    boolean isUp() {
        return status.state().isUp();
    }

    /** Whether it has failed and the time has come to try again. */
    boolean isDue() {
        return status.nextAttempt().filter(at -> !at.isAfter(clock.instant())).isPresent();
    }

    /** What it failed of before stays to be seen. */
    void starting() {
        enter(STARTING, status.state() == FAILED ? status.reason() : "");
    }

    void running() {
        enter(RUNNING, "");
    }

    /** It goes on, but not as it should. */
    void degraded(String reason) {
        enter(DEGRADED, reason);
    }

    void stopping(String reason) {
        enter(STOPPING, reason);
    }

    /** Somebody wants it so, and with that what was before is forgotten. */
    void stopped(String reason) {
        release();
        enter(STOPPED, reason);
    }

    /** Somebody acts: the failures so far count no more. */
    void release() {
        failures.clear();
        failuresInARow = 0;
    }

    /** It has failed by its own fault: it is tried again after a pause, or no more when that has happened too often. */
    void failed(String reason) {
        RestartPolicy rules = policy.get();
        Instant now = now();
        failures.addLast(now);
        failures.removeIf(at -> at.isBefore(now.minus(rules.crashLoopPeriod())));
        if (rules.crashLoop() > 0 && failures.size() >= rules.crashLoop()) {
            enter(QUARANTINED, "It failed " + failures.size() + " times in a short time, the last time so: " + reason);
        } else {
            failuresInARow++;
            tryAgain(reason, rules.pause(failuresInARow, random.getAsDouble()));
        }
    }

    /** It has failed by the fault of what it needs: that counts nothing, and it is tried again until it works. */
    void hindered(String reason) {
        tryAgain(reason, policy.get().pause(1, random.getAsDouble()));
    }

    private void tryAgain(String reason, Duration pause) {
        enter(FAILED, reason, Optional.of(now().plus(pause)));
    }

    /** It has failed, and only something else can run in its place. */
    void refused(String reason) {
        enter(FAILED, reason);
    }

    /** The same state for another reason. */
    void explain(String reason) {
        Status was = status;
        status = new Status(was.state(), reason, was.since(), was.nextAttempt());
    }

    private void enter(State state, String reason) {
        enter(state, reason, Optional.empty());
    }

    private void enter(State state, String reason, Optional<Instant> nextAttempt) {
        Status was = status;
        if (was.state() != state && !NEXT.get(was.state()).contains(state)) {
            throw new IllegalStateException(was.state() + " does not lead to " + state + ": " + reason);
        }
        Instant now = now();
        noteHealth(now);
        status = new Status(state, reason, was.state() == state ? was.since() : now, nextAttempt);
    }

    /** What has run long enough without trouble starts from the shortest pause again. */
    private void noteHealth(Instant now) {
        Status was = status;
        if (was.state() == RUNNING && !was.since().plus(policy.get().healthy()).isAfter(now)) {
            release();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
