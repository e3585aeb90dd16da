package platform.core.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildExitTest {

    private final ChildExit exit = new ChildExit();

    @Test
    void saysBySignalOrStatusHowAProcessEnded() {
        assertThat(exit.describe(137)).isEqualTo("Its process was killed by signal 9.");
        assertThat(exit.describe(134)).isEqualTo("Its process was killed by signal 6.");
        assertThat(exit.describe(3)).isEqualTo("Its process ended with exit status 3.");
        assertThat(exit.describe(0)).isEqualTo("Its process ended with exit status 0.");
    }

    @Test
    void knowsAJvmThatRanOutOfMemoryByItsLastWords() {
        exit.hear("Something else");
        exit.hear("Terminating due to java.lang.OutOfMemoryError: Java heap space");

        assertThat(exit.describe(3)).contains("ran out of memory").contains("Java heap space");
    }
}
