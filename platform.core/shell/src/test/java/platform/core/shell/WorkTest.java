package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.core.api.PlatformException;

class WorkTest {

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicBoolean tookBack = new AtomicBoolean();

    @AfterEach
    void nobodyIsInterruptedAnyMore() {
        Thread.interrupted();
    }

    @Test
    void whoCancelsIsToldWhenAllIsTakenBack() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Work.cancellable(() -> {
                    try {
                        never.await();
                        return "done";
                    } catch (InterruptedException e) {
                        tookBack.set(true);
                        throw new IllegalStateException(e);
                    }
                }))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Cancelled.");
        assertThat(tookBack).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void whatCannotBeCancelledAnyMoreIsDone() {
        Thread.currentThread().interrupt();

        String outcome = Work.cancellable(() -> {
            try {
                never.await();
                return "never";
            } catch (InterruptedException e) {
                return "done";
            }
        });

        assertThat(outcome).isEqualTo("done");
    }

    @Test
    void wholeWorkGoesOnWithoutWhoHangsUp() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Work.whole(ended::countDown)).hasMessageContaining("goes on to its end");

        Thread.interrupted();
        ended.await();
    }
}
