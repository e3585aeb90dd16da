package platform.core.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls the platform's shell by its socket, as {@code platform shell} does, without a process for each command. */
final class ShellCaller {

    private static final byte HELLO = 'H';
    private static final byte STDIN = 'I';
    private static final byte ASK = 'A';
    private static final byte STDOUT = 'O';
    private static final byte STDERR = 'E';
    private static final byte EXIT = 'X';
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final Path run;

    /** @param data the platform's data folder */
    ShellCaller(Path data) {
        run = data.resolve("run");
    }

    /** Runs a command; returns what it prints. */
    String call(String... words) {
        return answering("", words);
    }

    /**
     * Runs a command that reads standard input.
     *
     * @param line what it reads
     */
    String answering(String line, String... words) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
                DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
            byte[] hello = hello(words);
            out.writeByte(HELLO);
            out.writeInt(hello.length);
            out.write(hello);
            return answer(in, out, line, words[0]);
        } catch (IOException e) {
            throw new BenchException("The platform's shell does not do " + words[0] + ": " + e.getMessage(), e);
        }
    }

    /** A path that is too long for a socket is in a file. */
    private Path socket() throws IOException {
        Path pointer = run.resolve("shell.path");
        return Files.exists(pointer) ? Path.of(Files.readString(pointer)) : run.resolve("shell.sock");
    }

    private static byte[] hello(String... words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1);
        out.writeByte(0);
        out.writeShort(COLUMNS);
        out.writeShort(ROWS);
        text(out, "dumb");
        out.writeInt(words.length);
        for (String word : words) {
            text(out, word);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String answer(DataInputStream in, DataOutputStream out, String line, String command)
            throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        byte[] input = (line + "\n").getBytes(StandardCharsets.UTF_8);
        while (true) {
            byte type = in.readByte();
            byte[] payload = in.readNBytes(in.readInt());
            switch (type) {
                case STDOUT -> printed.write(payload);
                case STDERR -> complained.write(payload);
                case ASK -> {
                    out.writeByte(STDIN);
                    out.writeInt(input.length);
                    out.write(input);
                    input = new byte[0];
                }
                case EXIT -> {
                    if (payload[payload.length - 1] != 0) {
                        throw new BenchException(command + " failed: " + text(complained) + text(printed));
                    }
                    return text(printed);
                }
                default -> {
                    // What later shells may say besides.
                }
            }
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
