package platform.core.alarms;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.SinkInfo;

/**
 * Tells one sink what is in its queue, on a thread of its own, so that a slow server delays nobody. What changes is on the disk
 * before it is told. While the sink fails, pauses grow from a second to five minutes.
 */
final class Delivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final String SOURCE = "alarms";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Twenty attempts take more than an hour: then a message that is refused must not hold up the others any longer. */
    private static final int ATTEMPTS = 20;

    private final SinkSpec spec;
    private final AlarmSink sink;
    private final SinkQueue queue;
    private final Alarms alarms;
    private final Duration firstPause;
    private final Thread thread;

    private Duration pause = Duration.ZERO;
    private int refusals;
    private String problem = "";
    private long notBefore = System.nanoTime();
    private long repeated = System.nanoTime();
    private boolean isClosed;

    /** @param firstPause after the first failure; each further pause is twice as long */
    Delivery(SinkSpec spec, AlarmSink sink, SinkQueue queue, Alarms alarms, Duration firstPause) {
        this.spec = spec;
        this.sink = sink;
        this.queue = queue;
        this.alarms = alarms;
        this.firstPause = firstPause;
        this.thread = new Thread(this::run, "alarm sink " + spec.name());
        thread.setDaemon(true);
    }

    void start(Clock clock) {
        List<AlarmInfo> active = alarms.active();
        synchronized (this) {
            queue.resume(active, clock.instant());
        }
        thread.start();
    }

    synchronized void changed(AlarmInfo alarm) {
        queue.changed(alarm);
        notifyAll();
    }

    synchronized SinkInfo info() {
        return spec.info(queue.size(), problem);
    }

    SinkSpec spec() {
        return spec;
    }

    private void run() {
        try {
            while (awaitWork()) {
                save();
                List<AlarmEvent> events = due();
                if (!events.isEmpty()) {
                    tell(events);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The alarm sink {} is not told any more", spec.name());
        }
        // An interrupt would close the file while it is written.
        Thread.interrupted();
        save();
    }

    /** Returns when there is something to save or to tell; false when it is closed. */
    private boolean awaitWork() throws InterruptedException {
        while (true) {
            if (isRepeatDue()) {
                repeat(alarms.active());
            }
            synchronized (this) {
                if (isClosed) {
                    return false;
                }
                if (queue.isChanged() || queue.size() > 0 && millisUntil(notBefore) <= 0) {
                    return true;
                }
                wait(pauseMillis());
            }
        }
    }

    private synchronized boolean isRepeatDue() {
        return !spec.repeat().isZero() && millisUntil(repeated + spec.repeat().toNanos()) <= 0;
    }

    private synchronized void repeat(List<AlarmInfo> active) {
        repeated = System.nanoTime();
        queue.repeat(active);
    }

    /** At most a minute, at least a millisecond: 0 would be for ever. */
    private long pauseMillis() {
        long millis = Duration.ofMinutes(1).toMillis();
        if (queue.size() > 0) {
            millis = Math.min(millis, millisUntil(notBefore));
        }
        if (!spec.repeat().isZero()) {
            millis = Math.min(millis, millisUntil(repeated + spec.repeat().toNanos()));
        }
        return Math.max(1, millis);
    }

    private static long millisUntil(long nanos) {
        long left = nanos - System.nanoTime();
        return left <= 0 ? 0 : left / 1_000_000 + 1;
    }

    private synchronized List<AlarmEvent> due() {
        return millisUntil(notBefore) <= 0 ? queue.next(sink.most()) : List.of();
    }

    private void save() {
        String content;
        synchronized (this) {
            content = queue.unsaved();
        }
        if (content.isEmpty()) {
            return;
        }
        try {
            WholeFile.write(queue.file(), content);
        } catch (IOException e) {
            LOG.warn("What the alarm sink {} is to be told is in memory only: {}", spec.name(), e.toString());
        }
    }

    private void tell(List<AlarmEvent> events) {
        try {
            String answer = sink.tell(events);
            LOG.debug("The alarm sink {} has answered: {}", spec.name(), answer);
            succeeded(events);
        } catch (RefusedException e) {
            failed(e, events, true);
        } catch (IOException | RuntimeException e) {
            failed(e, events, false);
        }
    }

    private void succeeded(List<AlarmEvent> events) {
        synchronized (this) {
            queue.done(events);
            pause = Duration.ZERO;
            refusals = 0;
            problem = "";
        }
        alarms.clear(SOURCE, code());
    }

    private void failed(Exception e, List<AlarmEvent> events, boolean isRefusal) {
        boolean isLasting;
        synchronized (this) {
            if (problem.isEmpty()) {
                LOG.warn("The alarm sink {} was not told and is tried again: {}", spec.name(), e.toString());
            }
            problem = String.valueOf(e.getMessage() == null ? e : e.getMessage());
            refusals = isRefusal ? refusals + 1 : 0;
            if (refusals >= ATTEMPTS) {
                LOG.error("The alarm sink {} has refused {} for good: {}", spec.name(), ids(events), problem);
                queue.done(events);
                refusals = 0;
            }
            pause = pause.isZero() ? firstPause : min(pause.multipliedBy(2), LONGEST);
            notBefore = System.nanoTime() + pause.toNanos();
            isLasting = pause.compareTo(LONGEST) >= 0;
        }
        if (isLasting) {
            alarms.raise(failing());
        }
    }

    private static List<String> ids(List<AlarmEvent> events) {
        return events.stream().map(AlarmEvent::id).toList();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private AlarmSpec failing() {
        return new AlarmSpec(
                SOURCE,
                code(),
                AlarmSeverity.MINOR,
                "The alarm sink " + spec.name() + " has not been told of alarms for more than five minutes: " + problem,
                "The server is away, its login has changed, or its certificate is not believed.",
                List.of("alarm:sink", "test", spec.name()));
    }

    private String code() {
        return "sink-failing:" + spec.name();
    }

    /** Returns when the thread has ended, or does not within a few seconds. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The sink is removed: so is what it has not been told, and the alarm about it. */
    void forget() {
        close();
        alarms.clear(SOURCE, code());
        try {
            Files.deleteIfExists(queue.file());
        } catch (IOException e) {
            LOG.warn("{} cannot be removed. Remove it by hand: {}", queue.file(), e.toString());
        }
    }
}
