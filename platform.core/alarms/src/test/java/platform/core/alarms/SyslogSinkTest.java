package platform.core.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AlarmSeverity;

class SyslogSinkTest {

    private static final String MESSAGE = "<26>1 2026-11-20T10:00:00Z box.example.com app-platform - RAISED"
            + " [alarm@32473 source=\"platform\" code=\"disk-full\" severity=\"CRITICAL\" serial=\"0a1b2c3d4e5f\"]"
            + " \uFEFFIt is broken Fix: platform:disk";

    private static String tell(String address, Optional<Path> authorities, AlarmEvent... events) throws IOException {
        SinkSpec spec = SinkSpec.of(Setups.sink(address, Optional.empty(), authorities));
        return new SyslogSink(spec, Setups.SENDER).tell(List.of(events));
    }

    private static CompletableFuture<String> receive(ServerSocket server) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    private static String counted(String message) {
        return message.getBytes(StandardCharsets.UTF_8).length + " " + message;
    }

    @Test
    void overUdpEachIsAPacket() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(20_000);
            String answer =
                    tell("syslog://127.0.0.1:" + server.getLocalPort(), Optional.empty(), Setups.event("disk-full"));
            assertThat(answer).contains("nobody confirms");
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            server.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .isEqualTo(MESSAGE);
        }
    }

    @Test
    void overTcpEachBeginsWithItsLength() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> received = receive(server);
            AlarmEvent over =
                    AlarmEvent.of(Setups.alarm("disk-full", AlarmSeverity.MINOR).clearedAt(Setups.START));
            tell("syslog+tcp://127.0.0.1:" + server.getLocalPort(), Optional.empty(), Setups.event("disk-full"), over);
            assertThat(received.get())
                    .startsWith(counted(MESSAGE))
                    .contains(" <30>1 ")
                    .contains("app-platform - CLEARED");
        }
    }

    @Test
    void overTlsTheServerIsChecked(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.make(folder);
        try (ServerSocket server = certificate
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 2, InetAddress.getByName("localhost"))) {
            String address = "syslog+tls://localhost:" + server.getLocalPort();
            CompletableFuture<String> received = receive(server);
            tell(address, Optional.of(certificate.pem()), Setups.event("disk-full"));
            assertThat(received.get()).isEqualTo(counted(MESSAGE));
            receive(server);
            assertThatThrownBy(() -> tell(address, Optional.empty(), Setups.event("disk-full")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void aServerThatIsAwayIsSaid() throws IOException {
        int free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = server.getLocalPort();
        }
        assertThatThrownBy(() -> tell("syslog+tcp://127.0.0.1:" + free, Optional.empty(), Setups.event("a")))
                .isInstanceOf(IOException.class);
    }
}
