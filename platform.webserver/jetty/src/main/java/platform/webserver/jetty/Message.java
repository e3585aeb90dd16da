package platform.webserver.jetty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;

/** Puts the frames of a message together. Holds nothing between two messages. */
final class Message {

    private final int limit;
    private boolean text;
    private byte[] first;
    private ByteArrayOutputStream more;

    Message(int limit) {
        this.limit = limit;
    }

    /** @throws MessageTooLargeException closes the socket with 1009 */
    void add(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        int length = payload == null ? 0 : payload.remaining();
        if (length + size() > limit) {
            throw new MessageTooLargeException("A message is larger than " + limit + " bytes");
        }
        byte[] bytes = new byte[length];
        if (length > 0) {
            payload.get(bytes);
        }
        append(frame.getOpCode(), bytes);
    }

    private void append(byte opCode, byte[] bytes) {
        if (opCode != OpCode.CONTINUATION) {
            text = opCode == OpCode.TEXT;
            first = bytes;
            return;
        }
        if (more == null) {
            more = new ByteArrayOutputStream();
            more.writeBytes(first);
        }
        more.writeBytes(bytes);
    }

    private int size() {
        if (more != null) {
            return more.size();
        }
        return first == null ? 0 : first.length;
    }

    boolean isText() {
        return text;
    }

    /** @throws BadPayloadException closes the socket with 1007 */
    String takeText() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(takeBytes()).toString();
        } catch (CharacterCodingException e) {
            throw new BadPayloadException("A text message is not UTF-8", e);
        }
    }

    ByteBuffer takeBytes() {
        byte[] whole = more == null ? first : more.toByteArray();
        first = null;
        more = null;
        return ByteBuffer.wrap(whole);
    }
}
