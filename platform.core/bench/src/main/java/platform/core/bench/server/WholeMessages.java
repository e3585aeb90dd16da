package platform.core.bench.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;

/** Makes whole messages of Jetty's frames, one at a time. A message in one frame is handed on as it is. */
abstract class WholeMessages implements FrameHandler {

    private CoreSession session;
    private ByteArrayOutputStream fragments;
    private byte fragmented;

    /**
     * A whole message.
     *
     * @param callback to be completed when the payload is no longer needed; then the next message comes
     */
    abstract void message(CoreSession session, Frame message, Callback callback);

    final CoreSession session() {
        return session;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        callback.succeeded();
        opened.demand();
    }

    @Override
    public final void onFrame(Frame frame, Callback callback) {
        Callback thenNext = Callback.from(callback, session::demand);
        if (frame.getOpCode() == OpCode.PING) {
            session.sendFrame(new Frame(OpCode.PONG, frame.getPayload()), thenNext, false);
        } else if (frame.isControlFrame()) {
            thenNext.succeeded();
        } else if (frame.isFin() && frame.getOpCode() != OpCode.CONTINUATION) {
            message(session, frame, thenNext);
        } else {
            fragment(frame, thenNext);
        }
    }

    private void fragment(Frame frame, Callback thenNext) {
        if (frame.getOpCode() != OpCode.CONTINUATION) {
            fragments = new ByteArrayOutputStream();
            fragmented = frame.getOpCode();
        }
        byte[] part = new byte[frame.getPayloadLength()];
        frame.getPayload().get(part);
        fragments.writeBytes(part);
        if (frame.isFin()) {
            ByteBuffer whole = ByteBuffer.wrap(fragments.toByteArray());
            fragments = null;
            message(session, new Frame(fragmented, whole), thenNext);
        } else {
            thenNext.succeeded();
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        callback.succeeded();
    }
}
