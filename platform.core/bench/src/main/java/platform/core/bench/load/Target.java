package platform.core.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/** Where sockets are opened: an address of this machine, by {@code ws} or {@code wss}. */
final class Target {

    /** A client's address has some 28,000 ports, and those of dropped connections are not free at once. */
    private static final int SOURCES = 16;

    private final InetSocketAddress address;
    private final SSLContext tls;
    private final Handshake handshake;
    private int sockets;

    Target(URI uri, boolean deflate) {
        boolean secure = "wss".equals(uri.getScheme());
        if (!secure && !"ws".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("A target is ws://HOST:PORT/PATH or wss://..., not '" + uri + "'.");
        }
        address = new InetSocketAddress(uri.getHost(), uri.getPort());
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("Load is made on this machine only: " + uri.getHost() + " is another.");
        }
        tls = secure ? trustingAll() : null;
        handshake = new Handshake(uri, deflate);
    }

    /** The server is one that we have started; its certificate is nobody's but ours. */
    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot do TLS 1.3", e);
        }
    }

    Handshake handshake() {
        return handshake;
    }

    /** A channel that is bound to the next of our addresses. */
    SocketChannel open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        if (address.getAddress().getAddress().length == 4) {
            byte[] source = {127, 0, 0, (byte) (2 + sockets++ % SOURCES)};
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        }
        return channel;
    }

    InetSocketAddress address() {
        return address;
    }

    Transport transport(SocketChannel channel, SelectionKey key, LoadBuffers buffers) {
        PlainTransport plain = new PlainTransport(channel, key);
        return tls == null ? plain : new TlsTransport(engine(), plain, buffers);
    }

    /** Without the name of a peer there is no session to resume: each socket pays for a whole handshake. */
    private SSLEngine engine() {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        return engine;
    }
}
