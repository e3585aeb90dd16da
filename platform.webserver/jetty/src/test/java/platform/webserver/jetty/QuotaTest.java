package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What may be taken: a number a second, and bytes. */
class QuotaTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - SECOND);

    private static int taken(RateLimit limit) {
        int taken = 0;
        while (limit.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    @Test
    void asManyAsInASecondMayComeAtOnceAndThenAsManyEachSecond() {
        RateLimit limit = new RateLimit(10, nanoTime::get);

        assertThat(taken(limit)).isEqualTo(10);
        nanoTime.addAndGet(SECOND / 2);
        assertThat(taken(limit)).isEqualTo(5);
        // Here the clock overflows, as it may (System.nanoTime).
        nanoTime.addAndGet(SECOND);
        assertThat(taken(limit)).isEqualTo(10);
        nanoTime.addAndGet(3600 * SECOND);
        assertThat(taken(limit)).isEqualTo(10);
    }

    @Test
    void smallStepsAddUp() {
        RateLimit limit = new RateLimit(4, nanoTime::get);
        taken(limit);

        int taken = 0;
        for (int i = 0; i < 1024; i++) {
            nanoTime.addAndGet(SECOND / 512);
            taken += taken(limit);
        }

        assertThat(taken).isBetween(7, 8);
    }

    @Test
    void zeroIsNone() {
        RateLimit limit = new RateLimit(0, nanoTime::get);
        nanoTime.addAndGet(10 * SECOND);

        assertThat(limit.tryAcquire()).isFalse();
    }

    @Test
    void anInstanceHasRoomWhereItsShareAndThePlatformHave() {
        Budget platform = new Budget(100, null);
        Budget one = new Budget(60, platform);
        Budget other = new Budget(60, platform);

        assertThat(one.hasRoom(60)).isTrue();
        assertThat(one.hasRoom(61)).isFalse();
        one.add(60);
        assertThat(one.hasRoom(1)).isFalse();
        assertThat(other.hasRoom(40)).isTrue();
        assertThat(other.hasRoom(41)).isFalse();
        one.add(-60);
        assertThat(other.hasRoom(60)).isTrue();
        assertThat(platform.used()).isZero();
    }
}
