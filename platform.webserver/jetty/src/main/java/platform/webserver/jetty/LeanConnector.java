package platform.webserver.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's connector, but for what new connections pay for. The selector's thread accepts them itself, and makes what Jetty
 * makes of them, objects only; no other thread is woken. Options are set on the channel: asking it for its
 * {@code java.net.Socket} makes an adaptor that stays as long as the connection, 72 bytes for each. An address that has too
 * many connections gets no other.
 */
final class LeanConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(LeanConnector.class);

    /** After so many new connections the others get their turn. */
    private static final int ACCEPTED_AT_ONCE = 64;

    /** How long none is accepted when there are no more file descriptors: they would only fail, as fast as can be. */
    private static final long PAUSE_MILLIS = 500;

    private final ConnectionCounts counts;

    LeanConnector(Server server, ConnectionCounts counts, ConnectionFactory... protocols) {
        super(server, 0, -1, protocols);
        this.counts = counts;
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new LeanSelectors(executor, scheduler, selectors);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey selection)
            throws IOException {
        InetAddress address = counted(channel);
        LeanEndPoint endPoint = address == null
                ? new LeanEndPoint(channel, selector, selection, getScheduler())
                : new Counted(channel, selector, selection, address);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Null where the connections of an address are not counted. */
    private InetAddress counted(SocketChannel channel) throws IOException {
        return counts.key(((InetSocketAddress) channel.getRemoteAddress()).getAddress());
    }

    /** One of the connections that an address has. */
    private final class Counted extends LeanEndPoint {
        private final InetAddress address;

        Counted(SocketChannel channel, ManagedSelector selector, SelectionKey selection, InetAddress address) {
            super(channel, selector, selection, LeanConnector.this.getScheduler());
            this.address = address;
            counts.opened(address);
        }

        @Override
        public void onClose(Throwable cause) {
            counts.closed(address);
            super.onClose(cause);
        }
    }

    /** Refuses new connections from now on, as it does with threads that accept. */
    @Override
    public void close() {
        super.close();
        if (getTransport() instanceof ServerSocketChannel listening) {
            ((LeanSelectors) getSelectorManager()).close(listening);
        }
    }

    /** Selectors whose thread accepts. */
    private final class LeanSelectors extends ServerConnectorManager {
        private final List<Selector> all = new CopyOnWriteArrayList<>();
        private int accepted;
        private boolean failing;

        LeanSelectors(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected Selector newSelector() throws IOException {
            Selector selector = super.newSelector();
            all.add(selector);
            return selector;
        }

        @Override
        protected void execute(Runnable task) {
            // Of all tasks only that of an accepted connection is an update of the selector as well.
            if (task instanceof ManagedSelector.SelectorUpdate || LeanEndPoint.isEndingHere()) {
                task.run();
            } else {
                super.execute(task);
            }
        }

        @Override
        protected SelectableChannel doAccept(SelectableChannel server) {
            SelectableChannel channel = accepted < ACCEPTED_AT_ONCE ? tryAccept(server) : null;
            accepted = channel == null ? 0 : accepted + 1;
            return channel;
        }

        private SelectableChannel tryAccept(SelectableChannel server) {
            try {
                SelectableChannel channel = super.doAccept(server);
                failing &= channel == null;
                return channel;
            } catch (IOException e) {
                if (server.isOpen()) {
                    tell(e);
                    all.stream().map(server::keyFor).filter(Objects::nonNull).forEach(this::pause);
                }
                return null;
            }
        }

        private void tell(IOException failure) {
            if (!failing) {
                LOG.warn(
                        "No connection can be accepted: {}. It is tried again every {} ms. Allow the platform more open"
                                + " files (ulimit -n, or LimitNOFILE of its service), or fewer connections",
                        failure.getMessage(),
                        PAUSE_MILLIS);
            }
            failing = true;
        }

        private void pause(SelectionKey key) {
            key.interestOps(0);
            getScheduler().schedule(() -> resume(key), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void resume(SelectionKey key) {
            try {
                key.interestOps(SelectionKey.OP_ACCEPT);
                key.selector().wakeup();
            } catch (CancelledKeyException e) {
                LOG.debug("The connector has stopped", e);
            }
        }

        @Override
        protected void accepted(SelectableChannel channel) throws IOException {
            channel.configureBlocking(false);
            InetAddress address = counted((SocketChannel) channel);
            if (address != null && counts.isFull(address)) {
                counts.refuse((SocketChannel) channel, getConnectionFactory(SslConnectionFactory.class) == null);
                return;
            }
            ((SocketChannel) channel).setOption(StandardSocketOptions.TCP_NODELAY, true);
            accept(channel);
        }

        void close(ServerSocketChannel listening) {
            try {
                listening.close();
            } catch (IOException e) {
                LOG.debug("Cannot stop listening", e);
            }
            // The port is given back when the selector has noticed.
            all.forEach(Selector::wakeup);
        }
    }
}
