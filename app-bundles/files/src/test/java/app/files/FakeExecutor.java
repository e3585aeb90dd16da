package app.files;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import platform.core.api.AppExecutor;

/** Runs nothing by itself: a test says when. */
final class FakeExecutor implements AppExecutor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        timers.add(task);
        return () -> remove(task);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        throw new UnsupportedOperationException("every");
    }

    /** Runs what is due now and what it hands over. */
    void runTasks() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    /** Lets the timers that are set now come due. */
    void runTimers() {
        List<Runnable> due;
        synchronized (this) {
            due = List.copyOf(timers);
            timers.clear();
        }
        due.forEach(Runnable::run);
        runTasks();
    }

    synchronized int timers() {
        return timers.size();
    }

    private synchronized Runnable next() {
        return tasks.poll();
    }

    private synchronized void remove(Runnable task) {
        timers.remove(task);
    }
}
