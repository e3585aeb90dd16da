package platform.core.shell;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The socket that clients connect to: {@code run/shell.sock} in the data folder. Only the platform's own user (and root)
 * can reach it, because nobody else may enter its folder. The operating system allows a socket's path some 100 bytes;
 * where the data folder lies deeper, the socket lies in a folder of its own under the temporary folder, and
 * {@code run/shell.path} says where.
 */
final class ShellSocket implements AutoCloseable {

    private static final int MAX_PATH = 100;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final Path pointer;
    private final boolean moved;
    private final ServerSocketChannel channel;

    private ShellSocket(Path path, Path pointer, boolean moved, ServerSocketChannel channel) {
        this.path = path;
        this.pointer = pointer;
        this.moved = moved;
        this.channel = channel;
    }

    static ShellSocket open(Path data) throws IOException {
        Path run = privateFolder(data.resolve("run"));
        Path pointer = run.resolve("shell.path");
        Path direct = run.resolve("shell.sock").toAbsolutePath();
        removeOld(pointer);
        boolean moved = direct.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH;
        Path path = moved ? Files.createTempDirectory("shell").resolve("shell.sock") : direct;
        ServerSocketChannel channel = bind(path);
        if (moved) {
            Files.writeString(pointer, path.toString());
        }
        return new ShellSocket(path, pointer, moved, channel);
    }

    /** What a killed platform has left under the temporary folder. */
    private static void removeOld(Path pointer) throws IOException {
        if (Files.exists(pointer)) {
            Path socket = Path.of(Files.readString(pointer));
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
            Files.delete(pointer);
        }
    }

    /** Makes the folder, or takes the others' rights on it away. */
    static Path privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.setPosixFilePermissions(folder, OWNER_ONLY);
    }

    /** Takes the place of a socket that a killed platform has left: only one platform at a time has the data folder. */
    private static ServerSocketChannel bind(Path path) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), 16);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("Cannot open the shell's socket " + path + ": " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
        if (moved) {
            Files.deleteIfExists(pointer);
            Files.deleteIfExists(path.getParent());
        }
    }
}
