package platform.core.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import platform.core.api.ProcessLimits;

class ChildCommandTest {

    private static List<String> words(int user) {
        return new ChildCommand(
                        user,
                        new ProcessLimits(128, 512),
                        List.of(Path.of("/a b.jar"), Path.of("/c.jar")),
                        Path.of("/t"))
                .words();
    }

    @Test
    void theLimitsAreArguments() {
        assertThat(words(0))
                .contains("-Xmx128m", "-XX:MaxDirectMemorySize=128m", "-XX:+ExitOnOutOfMemoryError", "--nofile=512")
                .doesNotContain("--clear-groups");
    }

    @Test
    void aUserOfItsOwnHasNoOtherGroupsAndGetsNoPrivileges() {
        assertThat(words(640_007))
                .contains("--reuid=640007", "--regid=640007", "--clear-groups", "--no-new-privs", "--pdeathsig");
    }

    @Test
    void whatIsInAPathStaysOneArgument() {
        assertThat(words(0)).containsSubsequence("-cp", "/a b.jar:/c.jar", "platform.core.host.Host");
    }
}
