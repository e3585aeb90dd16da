package platform.core.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Writes one number after the other to an instance by HTTP, wherever it is at the moment. A number that is not confirmed is written
 * again, so that all below {@link #confirmed} must be there whatever becomes of the platforms.
 */
final class SteadyWriter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TRY_AGAIN = Duration.ofMillis(20);
    private static final int NO_CONTENT = 204;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    private final List<URI> addresses;
    private final Duration interval;
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean ended;
    private volatile long confirmed;
    private volatile long longest;

    /**
     * Begins.
     *
     * @param addresses where the instance may be
     * @param rate how many numbers in a second
     */
    SteadyWriter(List<URI> addresses, int rate) {
        this.addresses = addresses;
        this.interval = Duration.ofSeconds(1).dividedBy(rate);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        int place = 0;
        long last = System.nanoTime();
        while (!ended) {
            if (write(addresses.get(place), confirmed + 1)) {
                confirmed++;
                longest = Math.max(longest, System.nanoTime() - last);
                last = System.nanoTime();
                Pause.of(interval);
            } else {
                place = (place + 1) % addresses.size();
                Pause.of(TRY_AGAIN);
            }
        }
    }

    private boolean write(URI address, long number) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("write?number=" + number))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == NO_CONTENT;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }

    /** The last number of which the instance has said that it is written. */
    long confirmed() {
        return confirmed;
    }

    /** How long it took at most from one number to the next, since this was asked last. */
    Duration longestGap() {
        long nanos = longest;
        longest = 0;
        return Duration.ofNanos(nanos);
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
