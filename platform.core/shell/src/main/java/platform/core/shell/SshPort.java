package platform.core.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.Optional;
import org.apache.sshd.server.SshServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port for SSH. The server behind it begins with the first client: until then it costs no more than a socket. */
final class SshPort {

    private static final Logger log = LoggerFactory.getLogger(SshPort.class);

    private static final int THREADS = 2;

    private final AsynchronousChannelGroup group;
    private final AsynchronousServerSocketChannel channel;
    private final InetSocketAddress address;
    private final Starter starter;
    private Optional<SshServer> server = Optional.empty();
    private boolean closed;

    private SshPort(AsynchronousChannelGroup group, AsynchronousServerSocketChannel channel, Starter starter)
            throws IOException {
        this.group = group;
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.starter = starter;
    }

    /** Starts the server that goes on with the port and the first client. */
    interface Starter {
        SshServer start(Client first) throws IOException;
    }

    /**
     * A client that has come.
     *
     * @param port where it came to
     * @param group whose threads tell of what comes from it
     */
    record Client(
            AsynchronousServerSocketChannel port, AsynchronousChannelGroup group, AsynchronousSocketChannel channel) {}

    static SshPort open(InetSocketAddress address, Starter starter) throws IOException {
        AsynchronousChannelGroup group = AsynchronousChannelGroup.withFixedThreadPool(THREADS, SshPort::daemon);
        try {
            AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open(group);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
            SshPort port = new SshPort(group, channel, starter);
            port.awaitFirst();
            return port;
        } catch (IOException | RuntimeException e) {
            group.shutdownNow();
            throw e;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ssh port");
        thread.setDaemon(true);
        return thread;
    }

    private void awaitFirst() {
        channel.accept(null, new CompletionHandler<AsynchronousSocketChannel, Void>() {
            @Override
            public void completed(AsynchronousSocketChannel client, Void none) {
                begin(client);
            }

            @Override
            public void failed(Throwable problem, Void none) {
                log.debug("The port for SSH is closed: {}", problem.toString());
            }
        });
    }

    private synchronized void begin(AsynchronousSocketChannel client) {
        try {
            if (closed) {
                client.close();
                return;
            }
            server = Optional.of(starter.start(new Client(channel, group, client)));
        } catch (IOException | RuntimeException e) {
            log.error("The SSH server cannot start; the next client will try it again.", e);
            closeQuietly(client);
            awaitFirst();
        }
    }

    private static void closeQuietly(AsynchronousSocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            log.debug("A client's connection cannot be closed: {}", e.toString());
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /** The server, once somebody has come. */
    synchronized Optional<SshServer> server() {
        return server;
    }

    /** Lets nobody in any more; who is in stays. */
    void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        channel.close();
    }

    /** Hangs up on who is in. */
    void end() throws IOException {
        Optional<SshServer> started = server();
        if (started.isPresent()) {
            started.get().stop(true);
        }
        group.shutdownNow();
    }
}
