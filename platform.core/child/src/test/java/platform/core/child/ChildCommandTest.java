package platform.core.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import platform.core.api.ProcessLimits;

class ChildCommandTest {

    private static List<String> words(int user) {
        return words(user, new ProcessLimits(128, 512, 0, 0));
    }

    private static List<String> words(int user, ProcessLimits limits) {
        return new ChildCommand(
                        user,
                        limits,
                        List.of(Path.of("/a b.jar"), Path.of("/c.jar")),
                        Path.of("/t"),
                        List.of("-XX:AOTCache=/c.aot"))
                .words();
    }

    @Test
    void theLimitsAreArguments() {
        assertThat(words(0))
                .contains("-Xmx128m", "-XX:MaxDirectMemorySize=128m", "-XX:+ExitOnOutOfMemoryError", "--nofile=512")
                .doesNotContain("--clear-groups");
    }

    @Test
    void endlessLoopsLeaveVirtualThreadsForOthers() {
        int places = Runtime.getRuntime().availableProcessors() + 16;

        assertThat(words(0)).contains("-Djdk.virtualThreadScheduler.parallelism=" + places);
    }

    @Test
    void theMemoryOfAProcessIsDividedAmongTheJvmsParts() {
        assertThat(words(0, new ProcessLimits(128, 512, 288, 0)))
                .contains("-Xmx128m", "-XX:MaxMetaspaceSize=80m", "-XX:MaxDirectMemorySize=40m");
        assertThatThrownBy(() -> new ProcessLimits(128, 512, 200, 0)).hasMessageContaining("Give 224M to");
    }

    @Test
    void aShareOfTheProcessorsComesAfterAllWithoutALimit() {
        assertThat(words(0)).doesNotContain("-n");
        assertThat(words(0, new ProcessLimits(128, 512, 0, 150)))
                .containsSubsequence("-n", "10")
                .contains("-XX:ActiveProcessorCount=2");
        assertThatThrownBy(() -> new ProcessLimits(128, 512, 0, 1)).hasMessageContaining("50%");
    }

    @Test
    void aUserOfItsOwnHasNoOtherGroupsAndGetsNoPrivileges() {
        assertThat(words(640_007))
                .contains("--reuid=640007", "--regid=640007", "--clear-groups", "--no-new-privs", "--pdeathsig");
    }

    /** Karaf joined the words that start another JVM into one, for a shell. */
    @Test
    void cve_2026_91006_noShellReadsWhatStartsAProcess() {
        String hostile = "/x;$(touch owned)|`id`&& \"y'.jar";
        List<String> words = new ChildCommand(
                        0,
                        new ProcessLimits(128, 512, 0, 0),
                        List.of(Path.of(hostile)),
                        Path.of("/t"),
                        List.of("-XX:AOTCache=" + hostile))
                .words();

        assertThat(words)
                .contains("-XX:AOTCache=" + hostile, hostile)
                .doesNotContain("sh", "/bin/sh", "-c")
                .filteredOn(it -> it.contains("touch"))
                .hasSize(2);
    }

    @Test
    void whatIsInAPathStaysOneArgument() {
        assertThat(words(0))
                .containsSubsequence("-XX:AOTCache=/c.aot", "-cp", "/a b.jar:/c.jar", "platform.core.host.Host");
    }
}
