package platform.webserver.jetty;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.Callback;
import platform.webserver.api.WebSocketSession.SendResult;

/** A message on its way out; gives its share of the socket's queue back when it has left. */
final class Sending implements Callback {

    private final AtomicLong queued;
    private final long cost;
    private volatile SendResult result = SendResult.QUEUED;

    Sending(AtomicLong queued, long cost) {
        this.queued = queued;
        this.cost = cost;
    }

    SendResult result() {
        return result;
    }

    @Override
    public void succeeded() {
        result = SendResult.SENT;
        queued.addAndGet(-cost);
    }

    @Override
    public void failed(Throwable cause) {
        result = SendResult.REFUSED;
        queued.addAndGet(-cost);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
