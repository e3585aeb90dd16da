package platform.backup.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does again what failed for a moment only, after a pause that doubles each time and of which a random part is left out, so
 * that many who failed together do not come back together.
 */
final class Retry {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    private final int attempts;
    private final Duration first;
    private final RandomGenerator random;
    private final Pause pause;

    Retry(int attempts, Duration first, RandomGenerator random, Pause pause) {
        this.attempts = attempts;
        this.first = first;
        this.random = random;
        this.pause = pause;
    }

    /** Tries once, for who wants to know at once. */
    static Retry never() {
        return new Retry(1, Duration.ZERO, RandomGenerator.getDefault(), Pause.real());
    }

    /** Five attempts within about half a minute. */
    static Retry usual() {
        return new Retry(5, Duration.ofSeconds(2), RandomGenerator.getDefault(), Pause.real());
    }

    /** @param what is done, for the log */
    <T> T call(String what, Work<T> work) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (IOException e) {
                rest(what, attempt, e);
            }
        }
    }

    /** Waits before the attempt after that one, or throws if there must be none. */
    void rest(String what, int attempt, IOException failure) throws IOException {
        if (attempt >= attempts || !isPassing(failure)) {
            throw failure;
        }
        Duration wait = wait(attempt);
        LOG.info("{} failed, and is tried again in {} ms: {}", what, wait.toMillis(), failure.toString());
        pause.rest(wait);
    }

    private Duration wait(int attempt) {
        long most = first.toNanos() << Math.min(attempt - 1, 10);
        return Duration.ofNanos(most / 2 + (long) (random.nextDouble() * (most - most / 2)));
    }

    static boolean isPassing(IOException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (failure instanceof TargetException known) {
            return known.isPassing();
        }
        return !(failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException);
    }

    /** What may have to be done more than once. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Waits; a fake one in tests only notes it. */
    interface Pause {

        void rest(Duration time) throws InterruptedIOException;

        static Pause real() {
            return time -> {
                try {
                    Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("Interrupted while waiting for the target");
                }
            };
        }
    }
}
