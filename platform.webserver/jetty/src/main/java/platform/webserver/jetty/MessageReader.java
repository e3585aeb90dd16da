package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes messages of the bytes of a socket: takes them in pieces of any size, checks them as they arrive, and hands on what is
 * complete. It exists only while a socket is in the midst of something; between two messages there is none. One thread at
 * a time.
 */
final class MessageReader {

    /** What is handed on. Each method returns false to have no more for the moment. */
    interface Sink {
        /** Whether messages are handed on in parts, as they arrive. */
        boolean inParts();

        boolean text(String part, boolean last);

        boolean binary(ByteBuffer part, boolean last);

        /** @param opcode CLOSE, PING or PONG */
        boolean control(int opcode, byte[] payload);
    }

    /** The size of a part, where an inflated message is handed on in parts. */
    private static final int PART = 16 * 1024;

    /** The first room for a message that is inflated. */
    private static final int FIRST_ROOM = 512;

    private static final int NONE = -1;
    private static final byte[] NOTHING = {};
    /** A compressed frame may be somewhat longer than what comes out of it. */
    private static final int COMPRESSED_SLACK = 1024;

    private final Sink sink;
    private final int limit;
    private final Compression compression;

    /** A header that has not arrived whole. */
    private byte[] header = NOTHING;

    private int headerBytes;

    // The frame whose payload is being read.
    private boolean inFrame;
    private int first;
    private int key;
    private long offset;
    private long left;
    private byte[] control;

    // The message, or the part of it that is not handed on yet.
    private int opcode = NONE;
    private byte[] message = NOTHING;
    private int size;
    private int utf8 = Utf8.COMPLETE;
    private boolean ending;
    private MessageInflater inflater;

    /** What could not be dealt with because the sink had enough. */
    private ByteBuffer unread;

    /**
     * @param limit the most bytes of a message, where messages are handed on whole
     * @param compression null when permessage-deflate was not agreed on
     */
    MessageReader(Sink sink, int limit, Compression compression) {
        this.sink = sink;
        this.limit = limit;
        this.compression = compression;
    }

    /** Whether nothing has begun. */
    boolean isIdle() {
        return headerBytes == 0 && !inFrame && opcode == NONE && unread == null;
    }

    /** How many bytes it holds, inside the heap and outside. */
    int held() {
        int waiting = unread == null ? 0 : unread.capacity();
        return message.length + waiting + (inflater == null ? 0 : Compression.INFLATER_BYTES);
    }

    /** Keeps a copy of what remains of the bytes for {@link #readUnread}. */
    void keep(ByteBuffer in) {
        if (in.hasRemaining()) {
            byte[] rest = new byte[in.remaining()];
            in.get(rest);
            unread = ByteBuffer.wrap(rest);
        }
    }

    /** Reads what was kept. @return false when the sink had enough again */
    boolean readUnread() {
        ByteBuffer in = unread == null ? ByteBuffer.wrap(NOTHING) : unread;
        boolean more = read(in);
        if (!in.hasRemaining()) {
            unread = null;
        }
        return more;
    }

    /**
     * Reads all of the bytes.
     *
     * @return false when the sink had enough; then some may remain
     * @throws FrameException when the peer breaks the protocol or a limit; nothing more can be read
     */
    boolean read(ByteBuffer in) {
        if (inflater != null && !inflater.isExhausted() && !inflate()) {
            return false;
        }
        while (in.hasRemaining()) {
            if (!inFrame && !beginFrame(in)) {
                return true;
            }
            if ((left == 0 || in.hasRemaining()) && !readPayload(in)) {
                return false;
            }
        }
        return true;
    }

    /** Gives back what is borrowed. */
    void release() {
        if (inflater != null) {
            inflater.close();
            inflater = null;
        }
    }

    // ------------------------------------------------------------------------------------------------- frame headers

    /** @return false when the header is not complete yet */
    private boolean beginFrame(ByteBuffer in) {
        int at = in.position();
        if (headerBytes > 0 || in.remaining() < 2 || in.remaining() < Frames.headerSize(in.get(at + 1))) {
            return collectHeader(in);
        }
        Frames.check(in.get(at), in.get(at + 1), compression != null);
        parseHeader(in);
        return true;
    }

    private boolean collectHeader(ByteBuffer in) {
        if (headerBytes == 0) {
            header = new byte[Frames.MAX_HEADER];
        }
        while (in.hasRemaining()) {
            header[headerBytes++] = in.get();
            if (headerBytes == 2) {
                Frames.check(header[0], header[1], compression != null);
            }
            if (headerBytes >= 2 && headerBytes == Frames.headerSize(header[1])) {
                parseHeader(ByteBuffer.wrap(header));
                header = NOTHING;
                headerBytes = 0;
                return true;
            }
        }
        return false;
    }

    private void parseHeader(ByteBuffer in) {
        first = in.get();
        left = Frames.length(in.get(), in);
        key = in.getInt();
        offset = 0;
        inFrame = true;
        if (Frames.isControl(Frames.opcode(first))) {
            control = new byte[(int) left];
        } else {
            beginData();
        }
    }

    private void beginData() {
        int now = Frames.opcode(first);
        if (now == Frames.CONTINUATION == (opcode == NONE)) {
            throw FrameException.protocol(
                    opcode == NONE ? "a continuation of no message" : "a message within a message");
        }
        if (now != Frames.CONTINUATION) {
            opcode = now;
            inflater = Frames.isCompressed(first) ? compression.inflater() : null;
        }
        long most = inflater == null ? limit - size : (long) limit + (limit >> 3) + COMPRESSED_SLACK;
        if (left > most && !sink.inParts()) {
            throw tooLarge();
        }
    }

    // ------------------------------------------------------------------------------------------------------- payloads

    private boolean readPayload(ByteBuffer in) {
        int n = (int) Math.min(left, in.remaining());
        boolean frameEnds = n == left;
        if (control != null) {
            return readControl(in, n, frameEnds);
        }
        ending = frameEnds && Frames.isLast(first);
        inFrame = !frameEnds;
        if (inflater != null) {
            byte[] input = MessageInflater.input(n, ending);
            take(in, input, 0, n);
            inflater.feed(input);
            return inflate();
        }
        makeRoom(n);
        take(in, message, size, n);
        accept(n);
        return handOn();
    }

    private boolean readControl(ByteBuffer in, int n, boolean frameEnds) {
        take(in, control, (int) offset, n);
        if (!frameEnds) {
            return true;
        }
        byte[] payload = control;
        control = null;
        inFrame = false;
        return sink.control(Frames.opcode(first), payload);
    }

    private void take(ByteBuffer in, byte[] to, int at, int n) {
        in.get(to, at, n);
        Masks.apply(key, offset, to, at, at + n);
        offset += n;
        left -= n;
    }

    private boolean inflate() {
        while (!inflater.isExhausted()) {
            makeRoomToInflate();
            accept(inflater.read(message, size, message.length - size));
            if (size >= PART && sink.inParts() && !handOnPart()) {
                return false;
            }
        }
        return handOn();
    }

    /** So many more bytes of the message lie in their place: checks and counts them. */
    private void accept(int n) {
        if (opcode == Frames.TEXT) {
            utf8 = Utf8.check(utf8, message, size, size + n);
            if (utf8 == Utf8.INVALID) {
                throw notText();
            }
        }
        size += n;
        if (size > limit && !sink.inParts()) {
            throw tooLarge();
        }
    }

    private static FrameException notText() {
        return new FrameException(CloseCodes.BAD_PAYLOAD, "a text message is not UTF-8");
    }

    private FrameException tooLarge() {
        return new FrameException(CloseCodes.TOO_LARGE, "a message is larger than " + limit + " bytes");
    }

    /** An announced length is no reason to take memory: room is made for what has arrived, and at most as much again. */
    private void makeRoom(int n) {
        long needed = (long) size + n;
        // Where messages are handed on in parts, a frame may announce any length.
        long whole = size + Math.min(left, Integer.MAX_VALUE);
        long wanted = sink.inParts() ? needed : Math.min(limit, Math.max(needed, 2L * size));
        grow(Frames.isLast(first) ? Math.min(wanted, whole) : wanted);
    }

    private void makeRoomToInflate() {
        if (message.length > size) {
            return;
        }
        if (sink.inParts()) {
            grow(size + PART);
        } else {
            // One byte more than the limit shows that it was passed.
            grow(Math.min(limit + 1L, Math.max(FIRST_ROOM, 4L * size)));
        }
    }

    private void grow(long capacity) {
        if (message.length < capacity) {
            message = Arrays.copyOf(message, (int) capacity);
        }
    }

    // ------------------------------------------------------------------------------------------------------ handing on

    private boolean handOn() {
        if (ending) {
            return handOnLast();
        }
        return !sink.inParts() || handOnPart();
    }

    private boolean handOnLast() {
        if (utf8 != Utf8.COMPLETE) {
            throw notText();
        }
        boolean text = opcode == Frames.TEXT;
        byte[] bytes = message;
        int length = size;
        release();
        opcode = NONE;
        message = NOTHING;
        size = 0;
        return handOn(text, bytes, length, true);
    }

    private boolean handOnPart() {
        int length = utf8 == Utf8.COMPLETE ? size : size - Utf8.incomplete(message, size);
        if (length == 0) {
            return true;
        }
        byte[] bytes = message;
        message = Arrays.copyOfRange(bytes, length, size);
        size -= length;
        return handOn(opcode == Frames.TEXT, bytes, length, false);
    }

    private boolean handOn(boolean text, byte[] bytes, int length, boolean last) {
        return text
                ? sink.text(new String(bytes, 0, length, StandardCharsets.UTF_8), last)
                : sink.binary(ByteBuffer.wrap(bytes, 0, length), last);
    }
}
