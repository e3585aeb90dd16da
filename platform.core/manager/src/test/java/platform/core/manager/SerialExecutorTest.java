package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import platform.core.api.AppExecutor.Timer;
import platform.core.api.InstanceId;
import platform.core.instance.CodeScope;
import platform.core.instance.SerialExecutor;
import platform.core.instance.Workers;
import platform.tracing.api.LogContext;

class SerialExecutorTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Workers workers = new Workers();
    private final SerialExecutor executor = new SerialExecutor("acme@example.com", workers);

    @BeforeEach
    void open() {
        executor.open(new CodeScope(
                "files", InstanceId.parse("acme@example.com"), getClass().getClassLoader()));
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void runsTasksOneAfterTheOtherInOrder() {
        AtomicInteger atATime = new AtomicInteger();
        List<Integer> order = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            executor.execute(() -> {
                assertThat(atATime.incrementAndGet()).isEqualTo(1);
                order.add(number);
                atATime.decrementAndGet();
            });
        }
        executor.close(LIMIT);

        assertThat(order).hasSize(1000).isSorted();
    }

    @Test
    void aCallerRunsATaskItselfWhenNothingElseRuns() throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();

        assertThat(executor.tryRun(() -> ran.set(Thread.currentThread()))).isTrue();

        assertThat(ran.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void aCallerDoesNotRunATaskBesideAnother() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        executor.execute(() -> {
            running.countDown();
            try {
                release.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(running.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(executor.tryRun(() -> {
                    throw new AssertionError("ran beside another");
                }))
                .isFalse();

        release.countDown();
        executor.close(LIMIT);
        assertThatThrownBy(() -> executor.tryRun(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void whatIsSubmittedWhileACallerRunsComesAfterIt() {
        List<String> order = new CopyOnWriteArrayList<>();

        executor.tryRun(() -> {
            executor.execute(() -> order.add("submitted"));
            assertThat(executor.tryRun(() -> order.add("never"))).isFalse();
            order.add("caller");
        });
        executor.close(LIMIT);

        assertThat(order).containsExactly("caller", "submitted");
    }

    @Test
    void goesOnAfterATaskThatThrows() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        executor.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        executor.execute(reached::countDown);

        assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void namesTheInstanceInTheLogContext() throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            seen.add(MDC.get(LogContext.APP));
            seen.add(MDC.get(LogContext.INSTANCE));
            done.countDown();
        });

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly("files", "acme@example.com");
    }

    @Test
    void refusesTasksWhenClosedAndTakesThemWhenOpenedAgain() throws InterruptedException {
        executor.close(LIMIT);
        assertThatThrownBy(() -> executor.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("acme@example.com");

        open();
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void forgetsItsTimersWhenClosed() {
        executor.after(Duration.ofHours(1), () -> {});
        executor.every(Duration.ofHours(1), () -> {});
        executor.close(LIMIT);

        assertThat(workers.timer().shutdownNow()).isEmpty();
        assertThatThrownBy(() -> executor.after(Duration.ofHours(1), () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void repeatsUntilCancelled() throws InterruptedException {
        CountDownLatch thrice = new CountDownLatch(3);
        Timer timer = executor.every(Duration.ofMillis(1), thrice::countDown);
        assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();

        CountDownLatch cancelled = new CountDownLatch(1);
        executor.execute(() -> {
            timer.cancel();
            cancelled.countDown();
        });
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(workers.timer().shutdownNow()).isEmpty();
    }

    @Test
    void refusesTasksOfTheAppBeyondTheLimitButNoCallbacks() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        executor.execute(() -> {
            begun.countDown();
            Fakes.hangUntil(released);
        });
        begun.await();
        executor.limit(1);
        executor.execute(() -> {});

        assertThatThrownBy(() -> executor.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("instance:limit");
        executor.unlimited().execute(() -> {});

        assertThat(executor.refused()).isEqualTo(1);
        assertThat(executor.use().waiting()).isEqualTo(2);
        released.countDown();
    }
}
