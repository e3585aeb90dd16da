package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that go on until they are interrupted. */
class InterruptTest {

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ShellSession session = new ShellSession(
            gogo.processor,
            () -> FakeGogo.ROOT,
            new SessionStreams(InputStream.nullInputStream(), out, err),
            null,
            false);

    @AfterEach
    void close() {
        session.close();
        gogo.close();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Runs a line, which goes on until it is interrupted after something has come to be. */
    private int interrupted(String line, BooleanSupplier after) throws InterruptedException {
        AtomicInteger status = new AtomicInteger(-1);
        Thread runner = new Thread(() -> status.set(session.execute(line)));
        runner.start();
        await(after);
        session.interrupt();
        runner.join(10_000);
        return status.get();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(10);
        }
        fail("Not in 20 s; standard output: " + out() + ", error: " + err());
    }

    private long times(String text) {
        return out().lines().filter(line -> line.contains(text)).count();
    }

    @Test
    void aWatchedCommandRunsAgainAndAgainForItsCaller() throws InterruptedException {
        assertThat(interrupted("watch app:list -o json", () -> times("\"files\"") > 1))
                .isEqualTo(ShellSession.FAILED);
        assertThat(err()).isEmpty();
        assertThat(session.execute("echo goes on")).isZero();
        assertThat(out()).endsWith("goes on\n");
    }

    @Test
    void aWatchedCommandMayFail() throws InterruptedException {
        interrupted(
                "watch instance:info nobody@example.com", () -> err().lines().count() > 1);
        assertThat(err().lines()).allMatch(line -> line.contains("There is no instance nobody@example.com"));
    }

    @Test
    void aSleepEndsWithoutAWord() throws InterruptedException {
        assertThat(interrupted("echo begun; sleep 1000", () -> times("begun") == 1))
                .isEqualTo(ShellSession.FAILED);
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"watch", "watch nothing:here", "watch -n x app:list", "sleep", "sleep x", "sleep 1 2", "sleep -1"
            })
    void whatCannotBeDoneEndsAtOnce(String line) {
        assertThat(session.execute(line)).isNotZero();
        assertThat(err()).isNotEmpty().doesNotContain("Exception");
    }
}
