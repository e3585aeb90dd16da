package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.core.api.Caller;

/** What somebody reads who does not know a command's name. */
class MissingCommandTest {

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(Caller caller, String... command) {
        out.reset();
        err.reset();
        SessionStreams streams = new SessionStreams(InputStream.nullInputStream(), out, err);
        try (ShellSession session = new ShellSession(gogo.processor, () -> caller, streams, null, false)) {
            return session.run(List.of(command));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instance:lsit    | Did you mean instance:list? Try help instance, which lists those of instance.",
                "Instance:Lst     | Did you mean instance:list",
                "instances:create | Did you mean instance:create",
                "hlep             | Did you mean help?",
                "restart          | Did you mean app:restart",
                "shell:each       | Did you mean each?",
                "scp              | Files go by SFTP: use sftp, or scp -s of OpenSSH 8.7",
                "zzzzzzzz         | There is no command 'zzzzzzzz'. Try help, which lists them all.",
                "instance:zzzzzzz | There is no command 'instance:zzzzzzz'. Try help instance, which",
                "feature:list     | There is no command 'feature:list'. There are no features, an app is one bundle: app:list",
                "bundle:install   | copy it into apps/",
                "config:property-set | It is config:set PID KEY VALUE here",
                "system:version   | platform:info shows the version"
            })
    void whatMayBeMeantIsTold(String typed, String told) {
        assertThat(run(FakeGogo.ROOT, typed)).isEqualTo(ShellSession.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(told);
        assertThat(run(FakeGogo.ROOT, "help", typed)).isEqualTo(ShellSession.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(told);
    }

    @Test
    void nobodyIsToldToTypeWhatHeMayNot() {
        assertThat(run(gogo.users.become("viewer", Caller.Origin.SSH, "here"), "instance:sotp"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .doesNotContain("instance:stop")
                .contains("instance:top");
    }

    @Test
    void aScopesCommandsAreListed() {
        assertThat(run(FakeGogo.ROOT, "help", "instance")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().skip(1))
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.startsWith("instance:"));
    }
}
