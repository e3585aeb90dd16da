package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

    private static final Duration LIMIT = Duration.ofHours(1);

    private final Fakes.FakeClock clock = new Fakes.FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final AtomicLong collections = new AtomicLong(7);
    private final LeakWatch watch = new LeakWatch(clock, collections::get);

    @Test
    void tellsOfLoadersThatOutlastTwoCollectionsAndTheLimit() {
        watch.gone("app.notes", getClass().getClassLoader());
        watch.gone("app.notes", ClassLoader.getPlatformClassLoader());
        assertThat(watch.leaked(LIMIT)).isEmpty();

        clock.advance(LIMIT);
        collections.addAndGet(1);
        assertThat(watch.leaked(LIMIT)).as("after one collection").isEmpty();
        collections.addAndGet(1);
        assertThat(watch.leaked(LIMIT)).containsOnlyKeys("app.notes").containsEntry("app.notes", 2L);
    }

    @Test
    void collectionsAloneSayNothing() {
        watch.gone("app.notes", getClass().getClassLoader());
        collections.addAndGet(100);
        assertThat(watch.leaked(LIMIT)).isEmpty();
    }
}
