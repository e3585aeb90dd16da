package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a close frame says (RFC 6455 5.5.1).
 *
 * @param code {@link CloseCodes#NONE} when it says nothing
 */
record CloseFrame(int code, String reason) {

    static final CloseFrame EMPTY = new CloseFrame(CloseCodes.NONE, "");

    private static final int CODE_BYTES = 2;
    private static final int MAX_REASON = Frames.MAX_CONTROL - CODE_BYTES;
    private static final String ELLIPSIS = "…";

    /** @throws FrameException 1002 or 1007 when a peer may not send this */
    static CloseFrame parse(byte[] payload) {
        if (payload.length == 0) {
            return EMPTY;
        }
        if (payload.length < CODE_BYTES) {
            throw FrameException.protocol("a close frame has half a code");
        }
        int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
        if (!CloseCodes.isSendable(code)) {
            throw FrameException.protocol("close code " + code + " may not be sent");
        }
        if (Utf8.check(Utf8.COMPLETE, payload, CODE_BYTES, payload.length) != Utf8.COMPLETE) {
            throw new FrameException(CloseCodes.BAD_PAYLOAD, "the reason of a close frame is not UTF-8");
        }
        return new CloseFrame(
                code, new String(payload, CODE_BYTES, payload.length - CODE_BYTES, StandardCharsets.UTF_8));
    }

    /** The reason, or as much of it as a close frame has room for. */
    static String shortened(String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        if (text.length <= MAX_REASON) {
            return reason;
        }
        int end = MAX_REASON - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
        int begun = Utf8.incomplete(text, end + 1) - 1;
        return new String(text, 0, end - begun, StandardCharsets.UTF_8) + ELLIPSIS;
    }

    /** @throws IllegalArgumentException when the reason is too long for a control frame */
    byte[] payload() {
        if (code == CloseCodes.NONE) {
            return new byte[0];
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        if (text.length > MAX_REASON) {
            throw new IllegalArgumentException(
                    "The reason has " + text.length + " bytes of UTF-8: a close frame has room for 123 (RFC 6455 5.5)");
        }
        return ByteBuffer.allocate(CODE_BYTES + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }
}
