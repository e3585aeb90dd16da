package platform.core.appsocket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import platform.core.api.AppExecutor;

/** Runs timers when the test lets the time pass. */
final class ManualExecutor implements AppExecutor {

    private final MutableClock clock;
    private final List<Waiting> waiting = new ArrayList<>();

    ManualExecutor(MutableClock clock) {
        this.clock = clock;
    }

    int waiting() {
        return waiting.size();
    }

    /** Lets time pass, and runs what is due by then. */
    void advance(Duration by) {
        clock.advance(by);
        List<Waiting> due = waiting.stream()
                .filter(timer -> !timer.due.isAfter(clock.instant()))
                .sorted(Comparator.comparing(timer -> timer.due))
                .toList();
        waiting.removeAll(due);
        due.forEach(timer -> timer.task.run());
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Waiting timer = new Waiting(clock.instant().plus(delay), task);
        waiting.add(timer);
        return () -> waiting.remove(timer);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        throw new UnsupportedOperationException("Nothing is periodic here");
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /** A task in waiting. */
    private static final class Waiting {
        private final Instant due;
        private final Runnable task;

        Waiting(Instant due, Runnable task) {
            this.due = due;
            this.task = task;
        }
    }
}
