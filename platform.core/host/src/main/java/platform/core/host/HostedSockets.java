package platform.core.host;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.child.LocalSocket;
import platform.core.child.SocketFrame;

/** Accepts the platform's connections for WebSockets, one for each instance, and reads them. */
final class HostedSockets {

    private static final Logger LOG = LoggerFactory.getLogger(HostedSockets.class);
    private static final int BUFFER = 16 * 1024;

    private final ServerSocketChannel server;
    private final Map<String, HostedInstance> instances;

    private HostedSockets(ServerSocketChannel server, Map<String, HostedInstance> instances) {
        this.server = server;
        this.instances = instances;
    }

    static HostedSockets listen(Path path, Map<String, HostedInstance> instances) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        HostedSockets sockets = new HostedSockets(server, instances);
        start(sockets::accept, "sockets");
        return sockets;
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                start(() -> serve(new LocalSocket(channel)), "sockets-reader");
            }
        } catch (IOException e) {
            LOG.error("No more WebSockets are accepted: the service must be restarted", e);
        }
    }

    private void serve(LocalSocket connection) {
        try (connection;
                DataInputStream input = new DataInputStream(new BufferedInputStream(connection.input(), BUFFER))) {
            byte[] name = new byte[input.readUnsignedShort()];
            input.readFully(name);
            HostedInstance instance = instances.get(new String(name, StandardCharsets.UTF_8));
            if (instance != null) {
                read(instance, connection, input);
            }
        } catch (IOException e) {
            LOG.debug("The platform ended a connection for WebSockets", e);
        }
    }

    /** One frame after the other: while a listener works, nothing is read. */
    private static void read(HostedInstance instance, LocalSocket connection, DataInputStream input)
            throws IOException {
        HostedSessions sessions = new HostedSessions(instance, connection);
        while (true) {
            sessions.take(SocketFrame.read(input));
        }
    }
}
