package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a platform that the test plays. */
@Timeout(60)
class ShellClientTest {

    @TempDir
    Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]);
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        Files.createDirectory(data.resolve("run"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(data.resolve("run/shell.sock")));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private CompletableFuture<Integer> client(OutputStream target, String... command) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel channel = ShellClient.connect(data)) {
                return new ShellClient(channel, in, target, err)
                        .talk(Optional.empty(), List.of(command), Optional.empty());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] status(int status) {
        return ByteBuffer.allocate(4).putInt(status).array();
    }

    @Test
    void theCommandAndItsOutputsAndStatusPassThrough() throws Exception {
        CompletableFuture<Integer> client = client(out, "a b", "", "'$x'\n\"ü\"");
        try (SocketChannel accepted = server.accept()) {
            ShellFrames platform = new ShellFrames(accepted);
            assertThat(arguments(platform.next())).containsExactly("a b", "", "'$x'\n\"ü\"");
            platform.send(ShellFrames.STDOUT, bytes("öut\n"));
            platform.send(ShellFrames.STDERR, bytes("err\n"));
            platform.send(ShellFrames.EXIT, status(7));
            assertThat(client.get(30, TimeUnit.SECONDS)).isEqualTo(7);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("öut\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("err\n");
    }

    private static List<String> arguments(ShellFrames.Frame hello) throws IOException {
        assertThat(hello.type()).isEqualTo(ShellFrames.HELLO);
        DataInputStream fields =
                new DataInputStream(new ByteArrayInputStream(hello.payload().array()));
        assertThat(fields.readByte()).as("version").isEqualTo((byte) 1);
        assertThat(fields.readByte()).as("flags").isZero();
        assertThat(fields.readInt()).as("window").isEqualTo(80 << 16 | 24);
        fields.skipNBytes(fields.readInt());
        List<String> arguments = new ArrayList<>();
        for (int left = fields.readInt(); left > 0; left--) {
            arguments.add(new String(fields.readNBytes(fields.readInt()), StandardCharsets.UTF_8));
        }
        return arguments;
    }

    @Test
    void standardInputIsReadOnlyWhenItIsAskedFor() throws Exception {
        in = new ByteArrayInputStream(bytes("input"));
        CompletableFuture<Integer> client = client(out, "x");
        try (SocketChannel accepted = server.accept()) {
            ShellFrames platform = new ShellFrames(accepted);
            platform.next();
            assertThat(in.available()).isEqualTo(5);
            platform.send(ShellFrames.ASK, new byte[0]);
            assertThat(platform.next().payload()).isEqualTo(ByteBuffer.wrap(bytes("input")));
            platform.send(ShellFrames.ASK, new byte[0]);
            assertThat(platform.next().payload().remaining()).as("the end").isZero();
            platform.send(ShellFrames.EXIT, status(0));
            assertThat(client.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aPlatformThatHangsUpIsAFailure() throws Exception {
        CompletableFuture<Integer> client = client(out, "x");
        server.accept().close();
        assertThatThrownBy(() -> client.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void anOutputThatNobodyReadsEndsTheClient() throws Exception {
        OutputStream closed = OutputStream.nullOutputStream();
        closed.close();
        CompletableFuture<Integer> client = client(closed, "x");
        try (SocketChannel accepted = server.accept()) {
            new ShellFrames(accepted).send(ShellFrames.STDOUT, bytes("text"));
            assertThat(client.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void aPlatformThatDoesNotRunIsToldInOneSentence() throws IOException {
        server.close();
        assertThatThrownBy(() -> ShellClient.connect(data))
                .isInstanceOf(LaunchException.class)
                .hasMessage(
                        "The platform is not running on the data folder " + data + ". Start it with: platform start");
        assertThatThrownBy(() -> ShellClient.connect(data.resolve("none"))).isInstanceOf(LaunchException.class);
    }

    @Test
    void aSocketThatLiesElsewhereIsFound() throws IOException {
        Files.move(data.resolve("run/shell.sock"), data.resolve("moved"));
        Files.writeString(data.resolve("run/shell.path"), data.resolve("moved").toString());
        try (SocketChannel channel = ShellClient.connect(data)) {
            assertThat(channel.isConnected()).isTrue();
        }
    }
}
