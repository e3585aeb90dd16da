package platform.core.shell;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.util.Collection;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.nio2.Nio2Acceptor;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.server.SshServer;

/** Goes on with a port that is open already, and with the client that has come to it. */
final class SshAcceptor extends Nio2Acceptor {

    private final SshPort.Client first;

    private SshAcceptor(SshServer server, Nio2ServiceFactory factory, SshPort.Client first) {
        super(factory, server, server.getSessionFactory(), first.group(), factory.getExecutorService());
        this.first = first;
    }

    /** A server that will accept by the port of its first client. */
    static SshServer server(SshPort.Client first) {
        return new SshServer() {
            @Override
            protected IoAcceptor createAcceptor() {
                return new SshAcceptor(this, (Nio2ServiceFactory) getIoServiceFactory(), first);
            }
        };
    }

    @Override
    public void bind(Collection<? extends SocketAddress> addresses) throws IOException {
        AsynchronousServerSocketChannel port = first.port();
        SocketAddress local = port.getLocalAddress();
        channels.put(local, port);
        createSocketCompletionHandler(channels, port).completed(first.channel(), local);
    }
}
