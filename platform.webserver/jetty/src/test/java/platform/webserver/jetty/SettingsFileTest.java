package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.webserver.api.WebserverException;

class SettingsFileTest {

    @TempDir
    Path data;

    private Config read(String text) throws IOException {
        Files.createDirectories(data.resolve("etc"));
        Files.writeString(data.resolve("etc/platform.webserver.jetty.cfg"), text);
        return SettingsFile.atStart(data);
    }

    @Test
    void withoutAFileTheDefaultsHold() {
        Config config = SettingsFile.atStart(data);

        assertThat(config.http_port()).isEqualTo(-1);
        assertThat(config.request_body_megabytes()).isEqualTo(64);
        assertThat(config.access_log()).isTrue();
        assertThat(config.proxies()).isEmpty();
    }

    @Test
    void whatIsWrittenHolds() throws IOException {
        Config config = read("# ports\nhttp.port = 80 \nrequest.body.megabytes=100000\naccess.log: false\n"
                + "proxies = 10.0.0.0/8, \\\n  ::1\nunknown = 1\nidle.seconds = ${none}\n");

        assertThat(config.http_port()).isEqualTo(80);
        assertThat(config.request_body_megabytes()).isEqualTo(100_000);
        assertThat(config.access_log()).isFalse();
        assertThat(config.proxies()).isEqualTo("10.0.0.0/8, ::1");
        assertThat(config.idle_seconds()).isEqualTo(60);
    }

    @Test
    void valuesOfConfigurationAdminMayHaveTheirTypes() {
        Config config = SettingsFile.of(Map.of("http.port", 81, "access.log", false, "service.pid", "x"));

        assertThat(config.http_port()).isEqualTo(81);
        assertThat(config.access_log()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http.port, eighty, a whole number",
        "http.port, 99999999999, a whole number",
        "http.port, '', a whole number",
        "access.log, yes, true or false"
    })
    void aWrongValueIsNamed(String key, String value, String wanted) throws IOException {
        Config config = read(key + " = " + value + "\n");

        assertThatThrownBy(key.equals("access.log") ? config::access_log : config::http_port)
                .isInstanceOf(WebserverException.class)
                .hasMessage("The setting " + key + " in etc/platform.webserver.jetty.cfg is '" + value + "': give "
                        + wanted + ".");
    }

    @Test
    void aFileThatIsNoneIsNamed() {
        assertThatThrownBy(() -> read("proxies = \\uXYZ\n"))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("platform.webserver.jetty.cfg")
                .hasMessageContaining("key = value");
    }
}
