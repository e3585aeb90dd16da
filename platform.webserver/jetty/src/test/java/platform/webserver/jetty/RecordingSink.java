package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A sink with its reader: keeps what it is given, and pauses when it likes. */
final class RecordingSink implements MessageReader.Sink {

    final MessageReader reader;
    /** What was handed on, one by one. */
    final List<String> parts = new ArrayList<>();
    /** Decides each time whether to pause; null never does. */
    Random pauses;

    boolean alwaysPauses;
    /** The most that the reader ever held while it paused or had read all. */
    int mostHeld;

    private final boolean inParts;
    private final List<String> messages = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Byte> bytes = new ArrayList<>();

    RecordingSink(boolean inParts, int limit, Compression compression) {
        this.inParts = inParts;
        this.reader = new MessageReader(this, limit, compression);
    }

    /** Reads these bytes as a socket does: what is not read before a pause is kept, and read after it. */
    RecordingSink receive(byte[] piece) {
        ByteBuffer in = ByteBuffer.wrap(piece);
        boolean more = reader.read(in);
        if (!more) {
            reader.keep(in);
        }
        hold();
        while (!more) {
            more = reader.readUnread();
            hold();
        }
        if (in.hasRemaining()) {
            throw new AssertionError("Bytes were left unread");
        }
        return this;
    }

    private void hold() {
        mostHeld = Math.max(mostHeld, reader.held());
    }

    /** @return the code with which these bytes are refused; 0 when they are not */
    int refuses(byte[] piece) {
        return refuses(piece, 0);
    }

    int refuses(byte[] piece, int split) {
        try {
            receive(Arrays.copyOf(piece, split)).receive(Arrays.copyOfRange(piece, split, piece.length));
            return 0;
        } catch (FrameException e) {
            hold();
            return e.code();
        } finally {
            reader.release();
        }
    }

    /** The whole messages, and control frames between them. */
    List<String> messages() {
        return messages;
    }

    private boolean goesOn() {
        return !alwaysPauses && (pauses == null || pauses.nextBoolean());
    }

    @Override
    public boolean inParts() {
        return inParts;
    }

    @Override
    public boolean text(String part, boolean last) {
        parts.add("text " + part + (last ? " last" : ""));
        text.append(part);
        if (last) {
            messages.add("text " + text);
            text.setLength(0);
        }
        return goesOn();
    }

    @Override
    public boolean binary(ByteBuffer part, boolean last) {
        while (part.hasRemaining()) {
            bytes.add(part.get());
        }
        if (last) {
            messages.add("binary " + bytes);
            bytes.clear();
        }
        return goesOn();
    }

    @Override
    public boolean control(int opcode, byte[] payload) {
        messages.add(opcode + " " + Arrays.toString(payload));
        return goesOn();
    }
}
