package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools of the JDK and the kernel print. */
class MeasuringToolsTest {

    private static final String JSTAT = """
                S0C         S1C         S0U         S1U          EC           EU           OC           OU       YGC
                   0.0      1024.0         -       1023.5      64512.0      12288.0     720896.0       5120.5      3
            """;

    @TempDir
    Path proc;

    @Test
    void theUsedHeapIsTheSumOfItsParts() {
        GcTable table = GcTable.parse(JSTAT);

        assertThat(table.sum("S0U", "S1U", "EU", "OU")).isEqualTo(1023.5 + 12288 + 5120.5);
        assertThat(table.sum("YGC")).isEqualTo(3);
    }

    @Test
    void aTableThatIsNoneIsShown() {
        assertThatThrownBy(() -> GcTable.parse("4711 not found")).hasMessageContaining("4711 not found");
        assertThatThrownBy(() -> GcTable.parse(JSTAT).sum("NONE")).hasMessageContaining("does not show NONE");
    }

    @Test
    void theLiveHeapIsTheTotalOfTheHistogram() {
        assertThat(Probe.total("   1:  20  640  [B (java.base@17)\nTotal            35           1234\n"))
                .isEqualTo(1234);
        assertThatThrownBy(() -> Probe.total("4711 not found")).hasMessageContaining("4711 not found");
    }

    @Test
    void theKernelTellsMemoryTimeAndLimits() throws Exception {
        Files.writeString(proc.resolve("status"), "Name:\tjava\nVmRSS:\t  123456 kB\nRssAnon:\t   98765 kB\n");
        Files.writeString(proc.resolve("stat"), "42 (a (b) c) S 1 42 42 0 -1 4194304 1 2 3 4 150 50 30 10 20 0 30 0\n");
        Files.writeString(
                proc.resolve("limits"),
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max open files            1024                 20000                files     \n");
        Files.writeString(proc.resolve("environ"), "PGPORT=4711\0PGUSER=a b\0");
        ProcFiles files = new ProcFiles(proc);

        assertThat(files.statusKilobytes("VmRSS")).isEqualTo(123_456);
        assertThat(files.statusKilobytes("RssAnon")).isEqualTo(98_765);
        assertThat(files.cpuMicroseconds()).isEqualTo(2_000_000);
        assertThat(files.endedChildrenCpuMicrosecondsOrNone()).isEqualTo(400_000);
        assertThat(files.environment()).containsExactly("PGPORT=4711", "PGUSER=a b");
        assertThat(files.openFilesLimit()).isEqualTo(20_000);
    }

    @Test
    void aProcessThatHasEndedTakesNothing() {
        ProcFiles gone = new ProcFiles(proc.resolve("4711"));

        assertThat(gone.cpuMicrosecondsOrNone()).isZero();
        assertThat(gone.endedChildrenCpuMicrosecondsOrNone()).isZero();
        assertThat(gone.environment()).isEmpty();
        assertThat(gone.hasEnded()).isTrue();
    }

    @Test
    void aProcessWhoseParentHasNotNoticedItsEndHasEnded() throws Exception {
        ProcFiles files = new ProcFiles(proc);
        Files.writeString(proc.resolve("stat"), "42 (sshd) S 1 42 42 0 -1 4194304 1 2 3 4 150 50 30 10 20 0 30 0\n");
        assertThat(files.hasEnded()).isFalse();

        Files.writeString(proc.resolve("stat"), "42 (sshd) Z 1 42 42 0 -1 4194304 1 2 3 4 150 50 30 10 20 0 30 0\n");

        assertThat(files.hasEnded()).isTrue();
    }

    @Test
    void thisProcessIsToldOf() {
        ProcFiles files = new ProcFiles(ProcessHandle.current().pid());

        assertThat(files.statusKilobytes("VmRSS")).isGreaterThan(files.statusKilobytes("RssAnon"));
        assertThat(files.cpuMicroseconds()).isPositive();
    }
}
