package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.child.ChildProcess;
import platform.core.instance.Workers;

class ChildPulseTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Test
    void aProcessThatDoesNotAnswerIsKilledAndSoCountsAsLost() throws Exception {
        BlockingQueue<String> lost = new LinkedBlockingQueue<>();
        ChildRehearsal nobody = new ChildRehearsal(new PlatformFolders(folder), List.of());
        SupervisionSettings usual = SupervisionSettings.DEFAULT;
        SupervisionSettings impatient = new SupervisionSettings(
                usual.restart(), SHORT, SHORT, SHORT, SHORT, SHORT, 3, SHORT, usual.leakLimit());
        try (Workers workers = new Workers();
                ChildProcess hung =
                        ChildProcess.start("hung", List.of("sleep", "1000"), folder, nobody, line -> {}, lost::add);
                ChildPulse pulse = new ChildPulse("hung", hung, workers, new Supervision(workers, impatient))) {
            assertThat(lost.poll(60, TimeUnit.SECONDS)).isEqualTo("Its process was killed by signal 9.");
            assertThat(pulse.use().memory()).isZero();
        }
    }
}
