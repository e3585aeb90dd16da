package platform.webserver.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives messages in parts, as they arrive, instead of whole: for those that are too large for the memory. {@link #onText}
 * and {@link #onBinary} are never called, and a message may have any size. All else is as {@link WebSocketListener} says.
 *
 * <p>The parts are not the peer's frames: a frame may arrive in several parts, and several frames in one.
 */
@ConsumerType
public interface PartialWebSocketListener extends WebSocketListener {

    /**
     * A part of a text message; a character is never split.
     *
     * @param last whether the message ends with it; such a part may be empty
     */
    default void onPartialText(WebSocketSession session, String part, boolean last) {}

    /**
     * A part of a binary message; the buffer belongs to the listener.
     *
     * @param last whether the message ends with it; such a part may be empty
     */
    default void onPartialBinary(WebSocketSession session, ByteBuffer part, boolean last) {}
}
