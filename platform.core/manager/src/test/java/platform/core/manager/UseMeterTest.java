package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UseMeterTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(1);

    @Test
    void memoryFilesAndProcessorTimeOfAProcessAreTold() {
        UseMeter meter = new UseMeter(ProcessHandle.current().pid(), nanos::get);
        double before = ProcessUse.own().cpuSeconds();
        while (ProcessUse.own().cpuSeconds() < before + 0.4) {
            Thread.onSpinWait();
        }
        nanos.addAndGet(2 * SECOND);

        assertThat(meter.read().memory()).isGreaterThan(10 << 20);
        assertThat(meter.read().files()).isGreaterThan(2);
        assertThat(meter.read().cpuPercent()).isGreaterThanOrEqualTo(10);

        meter.mark();
        nanos.addAndGet(1000 * SECOND);
        meter.mark();
        nanos.addAndGet(1000 * SECOND);
        assertThat(meter.read().cpuPercent()).isLessThan(10);
    }

    @Test
    void aProcessThatIsGoneUsesNothing() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        UseMeter meter = new UseMeter(process.pid(), nanos::get);
        nanos.addAndGet(SECOND);

        assertThat(meter.read().memory()).isZero();
        assertThat(meter.read().cpuPercent()).isZero();
        assertThat(meter.read().files()).isZero();
    }
}
