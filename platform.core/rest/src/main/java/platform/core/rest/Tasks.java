package platform.core.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import platform.core.api.Caller;

/**
 * What calls have begun. All that changes something runs here, on a thread of its own: an interrupt in the middle would reach a
 * database driver or a webserver, which close what they hold. Ended ones are kept for an hour, in memory; the work itself is
 * journalled by the services that do it.
 */
final class Tasks {

    private static final int AT_ONCE = 16;
    private static final int REMEMBERED = 1000;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Response.Status TOO_MANY = Response.Status.TOO_MANY_REQUESTS;

    private final ExecutorService threads =
            new ThreadPoolExecutor(0, AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "rest work");
                thread.setDaemon(true);
                return thread;
            });
    private final Turns turns = new Turns();
    private final Map<String, RunningTask> byId = new LinkedHashMap<>();
    private final Map<String, RunningTask> byKey = new LinkedHashMap<>();

    /** Does the work of a call, once; answers with its result when it ends soon enough, else with the task. */
    Response run(Change change, Work work) {
        return run(change, work, () -> {});
    }

    /** @param otherwise what is done when the work is not: since the call is a repeated one, or cannot be done */
    Response run(Change change, Work work, Runnable otherwise) {
        boolean begun = false;
        RunningTask task;
        Duration waiting;
        try {
            waiting = change.waiting();
            task = begin(change, work);
            begun = task.isFor(work);
        } finally {
            if (!begun) {
                otherwise.run();
            }
        }
        if (task.await(waiting)) {
            return task.answer();
        }
        return Response.accepted(task.shownTo(change.call().caller()))
                .location(UriBuilder.fromPath("tasks/{id}").build(task.id()))
                .build();
    }

    /**
     * Does the work of a call in its turn, if what it changes is still what the caller has seen (header {@code If-Match}).
     *
     * @param current what it changes, as a GET would show it
     */
    Response runIfUnchanged(Change change, Supplier<?> current, Work work) {
        return run(change, ifUnchanged(change, current, work));
    }

    /** The same work, in its turn. */
    Work ifUnchanged(Change change, Supplier<?> current, Work work) {
        String thing = change.call().event().target();
        return progress -> turns.take(thing, () -> {
            change.requireUnchanged(current.get());
            return work.run(progress);
        });
    }

    private synchronized RunningTask begin(Change change, Work work) {
        forgetOld();
        Optional<String> key = change.key();
        String fingerprint = change.fingerprint();
        Optional<RunningTask> former = key.map(byKey::get);
        if (former.isPresent()) {
            return repeated(former.get(), fingerprint);
        }
        RunningTask task = new RunningTask(change.call(), fingerprint, work);
        start(task, change.call());
        byId.put(task.id(), task);
        key.ifPresent(it -> byKey.put(it, task));
        return task;
    }

    private static RunningTask repeated(RunningTask former, String fingerprint) {
        if (!former.isFor(fingerprint)) {
            throw new ProblemException(
                    Response.Status.CONFLICT, "This Idempotency-Key was used for another call. Use a new one.");
        }
        return former;
    }

    private void start(RunningTask task, Call call) {
        try {
            threads.execute(task);
            call.handOver();
        } catch (RejectedExecutionException e) {
            throw new ProblemException(TOO_MANY, "There are " + AT_ONCE + " tasks already. Wait until one has ended.");
        }
    }

    private void forgetOld() {
        Instant oldest = Instant.now().minus(KEPT);
        byId.values().removeIf(it -> it.isEnded() && (it.isOlderThan(oldest) || byId.size() > REMEMBERED));
        byKey.values().removeIf(it -> !byId.containsKey(it.id()));
    }

    /** Those that somebody may see, the newest first: his own, and an administrator all. */
    synchronized List<Task> list(Caller caller) {
        List<Task> shown = new ArrayList<>(byId.values().stream()
                .filter(it -> it.isShownTo(caller))
                .map(it -> it.shownTo(caller))
                .toList());
        Collections.reverse(shown);
        return shown;
    }

    /** All, for those who may see them. */
    synchronized List<LiveItem> live() {
        return byId.values().stream().map(RunningTask::live).toList();
    }

    synchronized Optional<Task> find(String id, Caller caller) {
        return Optional.ofNullable(byId.get(id))
                .filter(it -> it.isShownTo(caller))
                .map(it -> it.shownTo(caller));
    }

    /** Lets go on what has begun, and begins nothing more. */
    void close() {
        threads.shutdown();
    }
}
