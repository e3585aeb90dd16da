package platform.core.rest;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** The work of a call, which goes on when the caller hangs up; it notes its end in the audit. */
final class RunningTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

    private final String id = UUID.randomUUID().toString();
    private final Call call;
    private final String fingerprint;
    private final Work work;
    private final Instant started = Instant.now();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile String progress = "";

    RunningTask(Call call, String fingerprint, Work work) {
        this.call = call;
        this.fingerprint = fingerprint;
        this.work = work;
    }

    /** How it ended: with a result, which may be null, or a problem. */
    private record Outcome(Instant at, Object result, Problem problem) {}

    String id() {
        return id;
    }

    boolean isEnded() {
        return outcome.isDone();
    }

    boolean isOlderThan(Instant time) {
        return started.isBefore(time);
    }

    boolean isFor(String otherFingerprint) {
        return fingerprint.equals(otherFingerprint);
    }

    boolean isFor(Work otherWork) {
        return work == otherWork;
    }

    boolean isOf(Caller caller) {
        return call.caller().user().equals(caller.user());
    }

    @Override
    public void run() {
        Outcome ended = outcome();
        try {
            call.end(
                    ended.problem() == null
                            ? "done"
                            : "failed: " + ended.problem().detail());
        } catch (PlatformException e) {
            LOG.error(
                    "The end of {} by {} is not noted",
                    call.event().action(),
                    call.caller().user(),
                    e);
        } finally {
            outcome.complete(ended);
        }
    }

    private Outcome outcome() {
        try {
            Object result = work.run(step -> progress = step);
            return new Outcome(Instant.now(), result, null);
        } catch (RuntimeException e) {
            Problem problem = (Problem) new Problems().toResponse(e).getEntity();
            return new Outcome(Instant.now(), null, problem);
        }
    }

    /** Whether it has ended by then. */
    boolean await(Duration time) {
        try {
            outcome.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An outcome is never a failure", e);
        }
    }

    /** What the call answers with after its end. */
    Response answer() {
        Outcome ended = outcome.join();
        if (ended.problem() != null) {
            return Response.status(ended.problem().status())
                    .type(Problem.TYPE)
                    .entity(ended.problem())
                    .build();
        }
        return ended.result() == null
                ? Response.noContent().build()
                : Response.ok(ended.result()).build();
    }

    /** As somebody may see it: its result may hold a password, which is its own user's. */
    Task shownTo(Caller caller) {
        return shown(isOf(caller));
    }

    /** His own, and an administrator all. */
    boolean isShownTo(Caller caller) {
        return isOf(caller) || caller.mayEverywhere(Role.ADMINISTRATOR);
    }

    /** As all see it who may know of it. */
    LiveItem live() {
        return new LiveItem(id, this::isShownTo, shown(false));
    }

    private Task shown(boolean withResult) {
        Outcome ended = outcome.getNow(null);
        return new Task(
                id,
                call.event().action(),
                call.event().target(),
                call.caller().user(),
                ended == null ? TaskState.RUNNING : ended.problem() == null ? TaskState.DONE : TaskState.FAILED,
                progress,
                started,
                ended == null ? null : ended.at(),
                ended == null || !withResult ? null : ended.result(),
                ended == null ? null : ended.problem());
    }
}
