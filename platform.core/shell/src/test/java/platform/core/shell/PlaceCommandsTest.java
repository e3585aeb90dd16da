package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlaceCommandsTest {

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        SessionStreams streams = new SessionStreams(InputStream.nullInputStream(), out, err);
        try (ShellSession session = new ShellSession(gogo.processor, () -> FakeGogo.ROOT, streams, null, false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anAppIsMovedIntoAProcessAndBack() {
        assertThat(run("app:isolation", "files", "process")).isZero();
        assertThat(out()).contains("process").contains("4711");
        assertThat(run("app:isolation", "files")).isZero();
        assertThat(out()).contains("process");
        assertThat(run("app:isolation", "files", "bundle")).isZero();
        assertThat(out()).contains("bundle").doesNotContain("4711");
    }

    @Test
    void aLimitThatIsNotGivenStays() {
        assertThat(run("app:limit", "files", "--heap", "128M")).isZero();
        assertThat(out()).contains("128M").contains("4096");
        assertThat(run("app:limit", "files", "--files", "1024")).isZero();
        assertThat(out()).contains("128M").contains("1024");
    }

    @Test
    void useIsShownAgainstTheLimits() {
        assertThat(run("app:isolation", "files", "process")).isZero();
        assertThat(out()).contains("90M, no limit").contains("12.3%, no limit").contains("31 of 4096");
        assertThat(run("app:limit", "files", "--memory", "512M", "--cpu", "150%"))
                .isZero();
        assertThat(out()).contains("90M of 512M").contains("12.3% of 150%").contains("does not enforce");
        assertThat(run("app:info", "files")).isZero();
        assertThat(out()).contains("90M of 512M").contains("12.3% of 150%");
        assertThat(run("app:limit", "files", "--memory", "none", "--cpu", "none"))
                .isZero();
        assertThat(out()).contains("90M, no limit").doesNotContain("does not enforce");
    }

    @Test
    void zeroLiftsNoLimit() {
        assertThat(run("app:limit", "files", "--memory", "512M", "--cpu", "50%"))
                .isZero();
        for (String none : List.of("0", "0%")) {
            assertThat(run("app:limit", "files", "--cpu", none)).isNotZero();
            assertThat(err()).contains("--cpu").contains("from 5% on");
        }
        for (String none : List.of("0", "0M", "1K", "1000")) {
            assertThat(run("app:limit", "files", "--memory", none)).isNotZero();
            assertThat(err()).contains("--memory").contains("or none");
        }
        assertThat(run("app:limit", "files", "--heap", "17000K")).isNotZero();
        assertThat(err()).contains("--heap").contains("whole megabytes");
        assertThat(run("app:limit", "files")).isZero();
        assertThat(out()).contains("512M").contains("50%");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(run("app:isolation", "files", "nowhere")).isNotZero();
        assertThat(err()).contains("process or bundle");
        assertThat(run("app:limit", "files", "--heap", "1M")).isNotZero();
        assertThat(err()).contains("A heap of 1M").contains("16M to").contains("256M");
        assertThat(run("app:limit", "files", "--memory", "300M")).isNotZero();
        assertThat(err()).contains("352M to");
        assertThat(run("app:limit", "files", "--memory", "much")).isNotZero();
        assertThat(err()).contains("or none");
        assertThat(run("app:limit", "files", "--cpu", "half")).isNotZero();
        assertThat(err()).contains("50%");
        assertThat(run("app:isolation", "none", "process")).isNotZero();
        assertThat(err()).contains("There is no app");
    }
}
