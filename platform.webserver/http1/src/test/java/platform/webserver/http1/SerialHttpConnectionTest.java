package platform.webserver.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.Test;

/** A request that cannot be parsed: who has parsed is held up until its answer is out and somebody reads again. */
class SerialHttpConnectionTest {

    private static final long HELD_UP_MILLIS = 300;

    private final CountDownLatch readAgain = new CountDownLatch(1);
    private final Set<ByteBuffer> beingRead =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final Set<String> wrongs = ConcurrentHashMap.newKeySet();

    @Test
    void noBufferIsReleasedWhileItIsReadInto() throws Exception {
        Server server = new Server(new HoldingUp(), new ScheduledExecutorScheduler(), new WatchedPool());
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.start();
        try {
            SlowEndPoint endPoint = new SlowEndPoint();
            Connection connection =
                    new SerialHttpConnectionFactory(new HttpConfiguration()).newConnection(connector, endPoint);
            endPoint.setConnection(connection);
            connection.onOpen();
            endPoint.addInput("nonsense\r\n\r\n");
            endPoint.addInputEOF();
            assertThat(endPoint.firstOutput()).startsWith("HTTP/1.1 400 ");
            assertThat(readAgain.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.stop();
        }
        assertThat(wrongs).isEmpty();
    }

    /** Runs on another thread what Jetty wants to be run so, and comes back late. */
    private final class HoldingUp extends QueuedThreadPool {
        @Override
        public boolean tryExecute(Runnable task) {
            execute(task);
            try {
                readAgain.await(HELD_UP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
    }

    /** The second time it reads for a while. */
    private final class SlowEndPoint extends ByteArrayEndPoint {
        private int reads;

        SlowEndPoint() {
            super(new ScheduledExecutorScheduler(), 0);
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            beingRead.add(buffer);
            try {
                if (++reads == 2) {
                    readAgain.countDown();
                    Thread.sleep(HELD_UP_MILLIS);
                }
                return super.fill(buffer);
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                beingRead.remove(buffer);
            }
        }

        String firstOutput() throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!getOutput().hasRemaining() && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            return getOutputString();
        }
    }

    private final class WatchedPool extends ArrayByteBufferPool {
        @Override
        public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
            RetainableByteBuffer.Mutable acquired = super.acquire(size, direct);
            return new RetainableByteBuffer.Mutable.Wrapper(acquired) {
                @Override
                public boolean release() {
                    if (beingRead.contains(getByteBuffer())) {
                        wrongs.add("released while it was read into");
                    }
                    return super.release();
                }
            };
        }
    }
}
