package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RetryTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final Retry retry = new Retry(4, Duration.ofSeconds(1), new Random(3), pauses::add);
    private int calls;

    private String failing(int times, IOException failure) throws IOException {
        return retry.call("It", () -> {
            if (calls++ < times) {
                throw failure;
            }
            return "done";
        });
    }

    @Test
    void whatFailedForAMomentIsDoneAgainAfterPausesThatGrow() throws IOException {
        assertThat(failing(3, new ConnectException("refused"))).isEqualTo("done");
        assertThat(pauses).hasSize(3);
        for (int i = 0; i < 3; i++) {
            Duration most = Duration.ofSeconds(1L << i);
            assertThat(pauses.get(i)).isBetween(most.dividedBy(2), most);
        }
    }

    @Test
    void theLastFailureIsTold() {
        IOException failure = TargetException.passing("busy");
        assertThatThrownBy(() -> failing(9, failure)).isSameAs(failure);
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void whatWouldFailAgainIsNotRepeated() {
        assertThatThrownBy(() -> failing(9, TargetException.lasting("wrong password")))
                .hasMessage("wrong password");
        assertThatThrownBy(() -> failing(9, new SSLHandshakeException("unknown")))
                .hasMessage("unknown");
        assertThat(calls).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> failing(9, new InterruptedIOException("stopped")))
                    .hasMessage("stopped");
            assertThat(calls).isEqualTo(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
