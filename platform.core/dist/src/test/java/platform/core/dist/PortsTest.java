package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @Test
    void freePortsAreFine() {
        assertThatCode(() -> check(0, 0, "127.0.0.1")).doesNotThrowAnyException();
    }

    @Test
    void aBusyPortIsNamedWithTheOptionThatChoosesAnother() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();
            assertThatThrownBy(() -> check(port, 0, "127.0.0.1"))
                    .isInstanceOf(LaunchException.class)
                    .hasMessage("Port " + port
                            + " is in use: stop what listens on it, or choose another with --http PORT.");
            assertThatThrownBy(() -> check(0, port, "0.0.0.0")).hasMessageContaining("--https PORT");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        // 192.0.2.0/24 belongs to no machine (RFC 5737).
        assertThatThrownBy(() -> check(0, 0, "192.0.2.1"))
                .hasMessageContaining("192.0.2.1 is none of this machine's")
                .hasMessageContaining("--bind");
    }

    @Test
    void whatIsNoAddressIsNamed() {
        assertThatThrownBy(() -> check(0, 0, "not an address")).hasMessageContaining("'not an address' is no address");
    }

    @Test
    void portsOfTheSettingsGoBeforeThoseOfTheCommandLine(@TempDir Path folder) throws IOException {
        Path settings = folder.resolve("settings.cfg");
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();
            Files.writeString(settings, "http.port = 0\nbind = 127.0.0.1\n");
            assertThatCode(() -> Ports.check(options(port, 0, "192.0.2.1"), settings))
                    .doesNotThrowAnyException();
            Files.writeString(settings, "https.port = " + port + "\n");
            assertThatThrownBy(() -> Ports.check(options(0, 0, "127.0.0.1"), settings))
                    .hasMessage("Port " + port + " is in use: stop what listens on it, or choose another with "
                            + "https.port in etc/platform.webserver.jetty.cfg.");
            Files.writeString(settings, "http.port = \\uXYZ\n");
            assertThatThrownBy(() -> Ports.check(options(port, 0, "127.0.0.1"), settings))
                    .hasMessageContaining("--http PORT");
        }
    }

    private static void check(int http, int https, String bind) {
        Ports.check(options(http, https, bind), Path.of("/none"));
    }

    private static Options options(int http, int https, String bind) {
        return new Options(Path.of("/unused"), http, https, bind, Options.Mode.RUN);
    }
}
