package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform's settings and its levels of logging, as a script would change them. */
class ConfigCommandsTest {

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String typed = "";

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        SessionStreams streams =
                new SessionStreams(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out, err);
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
    void settingsAreListed() {
        gogo.settings.values.put("port", "80");
        gogo.settings.values.put("url", "http://user:hunter2@host/");
        gogo.settings.values.put("prot", "81");

        assertThat(run("config:list")).isZero();
        assertThat(out()).isEqualTo("""
            PID                       SETTING  VALUE  DEFAULT  ALLOWED     WHAT IT IS
            platform.tracing.logback                                       Log files
            platform.web              port     80     8080     0 to 65535  The port
            platform.web              url      ***                         The url
            platform.web              prot                                 UNKNOWN: look at its spelling
            platform.webserver.jetty                                       Webserver
            """);
        assertThat(run("config:list", "platform.web", "-o", "json")).isZero();
        assertThat(out()).contains("\"hosts\"", "WHOLE_NUMBER").doesNotContain("hunter2");
    }

    @Test
    void aSettingIsSetShownAndUnset() {
        assertThat(run("config:set", "platform.web", "port", "80")).as(err()).isZero();
        assertThat(out()).isEqualTo("port of platform.web is 80.\n");
        assertThat(gogo.audit.entries.toString()).contains("was:", "is: 80");
        assertThat(run("config:get", "platform.web", "port")).isZero();
        assertThat(out()).isEqualTo("80\n");

        assertThat(run("config:unset", "platform.web", "port")).isZero();
        assertThat(out()).isEqualTo("port of platform.web is 8080 (the default).\n");
        assertThat(gogo.settings.values).isEmpty();
    }

    @Test
    void configEditIsConfigSet() {
        assertThat(run("config:edit", "platform.web", "port", "80")).as(err()).isZero();
        assertThat(out()).isEqualTo("port of platform.web is 80.\n");
        assertThat(run("config:edit", "platform.web")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("'SETTING'", "'VALUE'", "config:edit --help");
    }

    @Test
    void aSecretIsTypedOnlyAndNeverShown() {
        assertThat(run("config:set", "platform.web", "url", "http://u:hunter2@h/"))
                .isEqualTo(2);
        assertThat(err()).contains("Give - and type it");

        typed = "http://u:hunter2@h/\n";
        assertThat(run("config:set", "platform.web", "url", "-")).as(err()).isZero();

        assertThat(gogo.settings.values).containsEntry("url", "http://u:hunter2@h/");
        assertThat(out() + err() + gogo.audit.entries).doesNotContain("hunter2");
        assertThat(run("config:get", "platform.web", "url")).isZero();
        assertThat(out()).isEqualTo("***\n");
    }

    @ParameterizedTest
    @CsvSource({
        "config:list none, There are no settings 'none'. See config:list.",
        "config:get platform.web prot, There is no setting 'prot' in platform.web",
        "config:set none port 1, There are no settings 'none'",
        "config:set platform.web prot 1, There is no setting 'prot'",
        "config:unset platform.web prot, There is no setting 'prot'",
        "log:display none, There is no such log. There are: files",
        "log:tail none, There is no such log. There are: files",
        "log:display -n -1, is negative",
        "log:display --level LOUD, Invalid value",
        "log:set LOUD, is no level. Use ERROR",
        "log:set INFO a=b, is no logger",
    })
    void whatIsNotThereIsRefused(String line, String message) {
        assertThat(run(line.split(" "))).isNotZero();
        assertThat(err()).contains(message);
        assertThat(gogo.settings.values).isEmpty();
    }

    @Test
    void levelsAreShownAndSet() {
        assertThat(run("log:get")).isZero();
        assertThat(out()).isEqualTo("(all)              INFO\norg.eclipse.jetty  WARN\n");

        assertThat(run("log:set", "debug", "app.files")).as(err()).isZero();
        assertThat(gogo.settings.values).containsEntry("loggers", "app.files=DEBUG,org.eclipse.jetty=WARN");
        assertThat(run("log:get", "app.files.Store")).isZero();
        assertThat(out()).isEqualTo("app.files.Store  DEBUG\n");

        assertThat(run("log:set", "default", "org.eclipse.jetty")).isZero();
        assertThat(run("log:set", "WARN")).isZero();
        assertThat(gogo.settings.values)
                .containsEntry("loggers", "app.files=DEBUG")
                .containsEntry("level", "WARN");
        assertThat(run("log:get", "org.eclipse.jetty")).isZero();
        assertThat(out()).isEqualTo("org.eclipse.jetty  WARN\n");
    }

    @Test
    void recordsAreShownInTheirOrderAndAsTheyAreWanted() {
        assertThat(run("log:display")).as(err()).isZero();
        assertThat(out()).startsWith("INFO early\n  at app.files").doesNotContain("\u001b");
        assertThat(run("log:display", "files", "-n", "1")).isZero();
        assertThat(out()).startsWith("WARN late\n").doesNotContain("early");
        assertThat(run("log:display", "files", "--level", "warn", "--logger", "app", "--text", "LATE", "--since", "2h"))
                .as(err())
                .isZero();
        assertThat(out()).startsWith("WARN late\n").doesNotContain("early");
        assertThat(run("log:display", "--instance", "bolt@example.com")).isZero();
        assertThat(out()).isBlank();
        assertThat(run("log:display", "--since", "5m")).isZero();
        assertThat(out()).isBlank();
        assertThat(run("log:tail", "files", "-n", "3")).isZero();
        assertThat(out()).isEqualTo("one of 3\n");
    }
}
