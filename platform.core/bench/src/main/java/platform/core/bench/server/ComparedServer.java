package platform.core.bench.server;

/** A WebSocket server that listens on 127.0.0.1, with {@code /echo} and {@code /broadcast}, on one port by TLS. */
interface ComparedServer extends AutoCloseable {

    int plainPort();

    int tlsPort();

    @Override
    void close();
}
