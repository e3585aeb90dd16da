package platform.webserver.jetty;

import java.util.EventListener;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty wants of a connection and ours have no use for: listeners and statistics. It is itself what is called when there
 * is something to read, on a thread that does not wait; so that an idle connection is one object.
 */
abstract class LeanConnection implements Connection, Callback {

    private final EndPoint endPoint;

    LeanConnection(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    @Override
    public final EndPoint getEndPoint() {
        return endPoint;
    }

    /** Calls {@link #succeeded()} once when there is something to read. */
    final void awaitInput() {
        endPoint.fillInterested(this);
    }

    @Override
    public final void failed(Throwable cause) {
        endPoint.close(cause);
    }

    @Override
    public final InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Jetty stops. */
    @Override
    public final void close() {
        endPoint.close();
    }

    @Override
    public void onClose(Throwable cause) {
        // There is nothing to give back.
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return true;
    }

    @Override
    public final void addEventListener(EventListener listener) {
        // Statistics of connections: the sockets have their own.
    }

    @Override
    public final void removeEventListener(EventListener listener) {
        // None was added.
    }

    @Override
    public final long getMessagesIn() {
        return -1;
    }

    @Override
    public final long getMessagesOut() {
        return -1;
    }

    @Override
    public final long getBytesIn() {
        return -1;
    }

    @Override
    public final long getBytesOut() {
        return -1;
    }

    @Override
    public final long getCreatedTimeStamp() {
        return endPoint.getCreatedTimeStamp();
    }
}
