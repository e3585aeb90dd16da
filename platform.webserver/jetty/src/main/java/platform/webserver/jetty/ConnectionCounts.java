package platform.webserver.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How many connections each address has. The proxies, behind which there are many clients, are not counted. */
final class ConnectionCounts {

    private final Supplier<HttpSettings> settings;
    private final Refusals refusals;
    private final Predicate<InetAddress> free;
    private final ConcurrentMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

    /** @param free whether an address may have any number of connections; the proxies may in any case */
    ConnectionCounts(Supplier<HttpSettings> settings, Refusals refusals, Predicate<InetAddress> free) {
        this.settings = settings;
        this.refusals = refusals;
        this.free = free;
    }

    /** By what the connections of this address are counted; null when they are not. */
    InetAddress key(InetAddress address) {
        HttpSettings now = settings.get();
        boolean uncounted = now.limits().connections() == 0
                || free.test(address)
                || now.proxies().contain(address);
        return uncounted ? null : AddressKeys.of(address);
    }

    boolean isFull(InetAddress key) {
        return open.getOrDefault(key, 0) >= settings.get().limits().connections();
    }

    /**
     * Closes a connection that is one too many.
     *
     * @param readable whether the client understands an answer without TLS
     */
    void refuse(SocketChannel channel, boolean readable) throws IOException {
        refusals.count(Refusals.Reason.CONNECTIONS);
        try (channel) {
            if (readable) {
                String body = refusals.explain(Refusals.Reason.CONNECTIONS) + "\n";
                String answer = "HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain;charset=utf-8\r\n"
                        + "Content-Length: " + body.length() + "\r\nRetry-After: 10\r\nConnection: close\r\n\r\n"
                        + body;
                channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
                channel.shutdownOutput();
            }
        }
    }

    void opened(InetAddress key) {
        open.merge(key, 1, Integer::sum);
    }

    void closed(InetAddress key) {
        open.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** How many addresses have a connection now. */
    int size() {
        return open.size();
    }
}
