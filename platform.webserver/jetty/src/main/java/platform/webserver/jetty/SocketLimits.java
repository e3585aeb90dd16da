package platform.webserver.jetty;

import java.time.Duration;
import platform.webserver.api.WebserverException;

/**
 * What sockets may take.
 *
 * @param sockets open at a time, on the whole platform
 * @param instanceSockets open at a time, of one instance
 * @param upgrades a second, on the whole platform
 * @param instanceUpgrades a second, of one instance
 * @param message bytes of a message that is received
 * @param queue bytes that wait for one peer
 * @param instanceBuffer bytes that wait in the memory for all sockets of an instance
 * @param buffer bytes that wait in the memory for all sockets
 * @param compress the bytes from which on a message is compressed
 * @param ping how long a socket is silent before it is pinged, and then until it is given up
 * @param slow how long a peer may read nothing of what waits for it
 * @param close how long the peer may take to answer a close
 */
record SocketLimits(
        int sockets,
        int instanceSockets,
        int upgrades,
        int instanceUpgrades,
        int message,
        int queue,
        long instanceBuffer,
        long buffer,
        int compress,
        Duration ping,
        Duration slow,
        Duration close) {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long GIGABYTE = 1024 * MEGABYTE;

    SocketLimits {
        check("sockets", sockets, Integer.MAX_VALUE);
        check("instance.sockets", instanceSockets, Integer.MAX_VALUE);
        check("socket.upgrades", upgrades, Integer.MAX_VALUE);
        check("instance.socket.upgrades", instanceUpgrades, Integer.MAX_VALUE);
        check("socket.message.bytes", message, GIGABYTE);
        check("socket.queue.bytes", queue, GIGABYTE);
        check("instance.socket.buffer.megabytes", instanceBuffer, Long.MAX_VALUE);
        check("socket.buffer.megabytes", buffer, Long.MAX_VALUE);
        check("socket.compress.bytes", compress, Integer.MAX_VALUE);
        check("ping.seconds", ping.toSeconds(), Integer.MAX_VALUE);
        check("slow.socket.seconds", slow.toSeconds(), Integer.MAX_VALUE);
        check("socket.close.seconds", close.toSeconds(), Integer.MAX_VALUE);
    }

    private static void check(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new WebserverException("The setting " + name + " in etc/" + WebserverComponent.PID + ".cfg is "
                    + value + ": give a number from 1 to " + most + ".");
        }
    }

    static SocketLimits of(Config config) {
        return new SocketLimits(
                config.sockets(),
                config.instance_sockets(),
                config.socket_upgrades(),
                config.instance_socket_upgrades(),
                config.socket_message_bytes(),
                config.socket_queue_bytes(),
                config.instance_socket_buffer_megabytes() * MEGABYTE,
                config.socket_buffer_megabytes() * MEGABYTE,
                config.socket_compress_bytes(),
                Duration.ofSeconds(config.ping_seconds()),
                Duration.ofSeconds(config.slow_socket_seconds()),
                Duration.ofSeconds(config.socket_close_seconds()));
    }
}
