package platform.webserver.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Bodies of requests that are refused. */
public final class RequestBodies {

    private static final long MOST = 16 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int STEP = 1 << 16;

    private RequestBodies() {}

    /**
     * Reads what is left of a body, to be called before the refusal is written: most clients read no answer until they have sent all,
     * and lose it when the connection breaks meanwhile. Who sends more than 16 MiB, or for longer than half a minute, loses the
     * connection. A client that asks before it sends ({@code Expect: 100-continue}) has not sent any.
     *
     * @throws IOException when the client does not send all of it
     */
    public static void passOver(HttpServletRequest request) throws IOException {
        if (request.getHeader("Expect") != null) {
            return;
        }
        long begin = System.nanoTime();
        InputStream body = request.getInputStream();
        byte[] nobodyWants = new byte[STEP];
        long passed = 0;
        int read = 0;
        while (read >= 0 && passed < MOST && System.nanoTime() - begin < LONGEST.toNanos()) {
            read = body.read(nobodyWants);
            passed += read;
        }
    }
}
