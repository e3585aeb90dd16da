package platform.core.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Makes whole messages of one server's frames: joins fragments, inflates, and hands control frames on. */
final class Incoming implements FrameReader.Sink {

    private static final byte[] NOTHING = {};

    private final Handshake.Agreement agreement;
    private final Compression compression;
    private final Sink sink;
    private ByteArrayOutputStream fragments;
    private boolean compressedMessage;
    private byte[] history = NOTHING;

    Incoming(Handshake.Agreement agreement, Compression compression, Sink sink) {
        this.agreement = agreement;
        this.compression = compression;
        this.sink = sink;
    }

    /** Receives what is whole. Payloads are good until the method returns. */
    interface Sink {

        void message(ByteBuffer payload) throws IOException;

        void control(int opcode, ByteBuffer payload) throws IOException;
    }

    @Override
    public void frame(int opcode, boolean fin, boolean compressed, ByteBuffer payload) throws IOException {
        if (Opcode.isControl(opcode)) {
            sink.control(opcode, payload);
        } else if (fin && opcode != Opcode.CONTINUATION) {
            whole(payload, compressed);
        } else {
            fragment(opcode, fin, compressed, payload);
        }
    }

    private void fragment(int opcode, boolean fin, boolean compressed, ByteBuffer payload) throws IOException {
        if (opcode != Opcode.CONTINUATION) {
            fragments = new ByteArrayOutputStream();
            compressedMessage = compressed;
        } else if (fragments == null) {
            throw new ProtocolException("the server continues a message that it did not begin");
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        fragments.write(bytes);
        if (fin) {
            ByteBuffer message = ByteBuffer.wrap(fragments.toByteArray());
            fragments = null;
            whole(message, compressedMessage);
        }
    }

    private void whole(ByteBuffer payload, boolean compressed) throws IOException {
        if (!compressed) {
            sink.message(payload);
            return;
        }
        if (!agreement.deflate()) {
            throw new ProtocolException("the server compresses although it was not agreed on");
        }
        byte[] message = compression.inflate(payload, history);
        if (agreement.keepsContext()) {
            history = Compression.remember(history, message);
        }
        sink.message(ByteBuffer.wrap(message));
    }
}
