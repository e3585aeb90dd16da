package platform.core.manager;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks a time server how much the clock is off (SNTP, RFC 4330).
 *
 * @param name its host name or address
 */
record TimeServer(String name, int port, Clock clock) {

    static final int PORT = 123;

    private static final int LENGTH = 48;
    private static final int PATIENCE_MS = 5000;
    /** Version 4, a client's request. */
    private static final byte REQUEST = 0b00_100_011;

    private static final int MODE = 0b111;
    private static final int SERVER = 4;
    private static final int RECEIVED = 32;
    private static final int SENT = 40;
    private static final int ORIGIN = 24;
    /** The seconds from 1900, where its time begins, to 1970; the next era begins in 2036. */
    private static final long ERA = 2_208_988_800L;

    /** How far the server is ahead of the clock. */
    Duration offset() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(InetAddress.getByName(name), port);
            Instant asked = clock.instant();
            byte[] request = request(asked);
            socket.send(new DatagramPacket(request, LENGTH));
            ByteBuffer answer = ByteBuffer.allocate(LENGTH);
            socket.receive(new DatagramPacket(answer.array(), LENGTH));
            Instant answered = clock.instant();
            check(answer, ByteBuffer.wrap(request).getLong(SENT));
            Duration there = Duration.between(asked, time(answer, RECEIVED));
            Duration back = Duration.between(answered, time(answer, SENT));
            return there.plus(back).dividedBy(2);
        }
    }

    private static byte[] request(Instant now) {
        long seconds = now.getEpochSecond() + ERA;
        long fraction = ((long) now.getNano() << 32) / 1_000_000_000L;
        return ByteBuffer.allocate(LENGTH)
                .put(0, REQUEST)
                .putLong(SENT, seconds << 32 | fraction)
                .array();
    }

    /** An answer repeats the time of its request, so that nobody can answer unasked. */
    private void check(ByteBuffer answer, long sent) throws IOException {
        int stratum = answer.get(1);
        boolean isAnswer = (answer.get(0) & MODE) == SERVER && answer.getLong(ORIGIN) == sent;
        if (!isAnswer || stratum < 1 || stratum > 15) {
            throw new IOException("the answer is none, or the server does not know the time itself");
        }
    }

    private Instant time(ByteBuffer answer, int position) {
        long seconds = (answer.getInt(position) & 0xFFFF_FFFFL) - ERA;
        long nanos = (answer.getInt(position + 4) & 0xFFFF_FFFFL) * 1_000_000_000L >>> 32;
        // From 2036 on the count has begun anew.
        return Instant.ofEpochSecond(seconds < 0 ? seconds + (1L << 32) : seconds, nanos);
    }
}
