package platform.core.shell;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a shell client and the platform say to each other over the local socket.
 *
 * <p>Each message is a frame: its type (one byte, an ASCII letter), the length of its payload (four bytes, big endian)
 * and the payload. The client's first frame is a HELLO, the platform's last one an EXIT.
 *
 * <table>
 * <caption>Frames</caption>
 * <tr><th>type</th><th>from</th><th>payload</th></tr>
 * <tr><td>{@code H} HELLO</td><td>client</td><td>version (1 byte), flags (1 byte, {@link #TERMINAL}, {@link #AS_USER}), columns and rows
 *     (2 bytes each), then TERM, the number of arguments and the arguments. A text is its length in bytes (4 bytes) and
 *     UTF-8; a number has 4 bytes.</td></tr>
 * <tr><td>{@code I} STDIN</td><td>client</td><td>bytes from standard input; none at its end. Only as an answer to ASK, so
 *     that a command which reads nothing leaves the input to whoever comes next.</td></tr>
 * <tr><td>{@code R} RESIZE</td><td>client</td><td>columns and rows (2 bytes each)</td></tr>
 * <tr><td>{@code A} ASK</td><td>platform</td><td>nothing: send one STDIN frame</td></tr>
 * <tr><td>{@code O} STDOUT</td><td>platform</td><td>bytes for standard output</td></tr>
 * <tr><td>{@code E} STDERR</td><td>platform</td><td>bytes for standard error</td></tr>
 * <tr><td>{@code X} EXIT</td><td>platform</td><td>the exit status (4 bytes): 0 done, 1 failed, 2 wrong usage</td></tr>
 * </table>
 *
 * <p>A client with a terminal passes it through raw: line editing, echo and ^C happen here. A client that hangs up
 * interrupts what it has started. No arguments ask for an interactive shell, or for a script on standard input; one
 * argument is a line in the shell's language; more are a command and its arguments, taken as they are.
 */
final class ShellProtocol {

    static final int VERSION = 1;

    /** The flag of a client whose standard input and output are one terminal, in raw mode. */
    static final int TERMINAL = 1;

    /** The flag of a client whose first argument is the user of the platform that it wants to be. */
    static final int AS_USER = 2;

    static final byte HELLO = 'H';
    static final byte STDIN = 'I';
    static final byte RESIZE = 'R';
    static final byte ASK = 'A';
    static final byte STDOUT = 'O';
    static final byte STDERR = 'E';
    static final byte EXIT = 'X';

    /** What a client may send at once: a command line that the operating system lets pass is not longer. */
    static final int MAX_PAYLOAD = 4 << 20;

    private ShellProtocol() {}

    /** A message. */
    record Frame(byte type, byte[] payload) {}

    /** The size of a client's window in characters. */
    record WindowSize(int columns, int rows) {

        static WindowSize decode(byte[] payload) throws IOException {
            return read(new DataInputStream(new ByteArrayInputStream(payload)));
        }

        private static WindowSize read(DataInputStream in) throws IOException {
            return new WindowSize(in.readUnsignedShort(), in.readUnsignedShort());
        }
    }

    /** How a client introduces itself. */
    record Hello(boolean terminal, WindowSize size, String term, Optional<String> user, List<String> arguments) {

        static Hello decode(byte[] payload) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("The shell client speaks version " + version + " and this platform version "
                        + VERSION + ". Use the client of the platform's own distribution.");
            }
            int flags = in.readUnsignedByte();
            WindowSize size = WindowSize.read(in);
            String term = text(in);
            List<String> arguments = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                arguments.add(text(in));
            }
            boolean asUser = (flags & AS_USER) != 0 && !arguments.isEmpty();
            Optional<String> user = asUser ? Optional.of(arguments.remove(0)) : Optional.empty();
            return new Hello((flags & TERMINAL) != 0, size, term, user, List.copyOf(arguments));
        }

        private static String text(DataInputStream in) throws IOException {
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException("The shell client sent a greeting that is cut off.");
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        /** Without what a password or another secret could be in. */
        @Override
        public String toString() {
            return "Hello[terminal=" + terminal + ", size=" + size + ", term=" + term + "]";
        }
    }
}
