package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimingWheelTest {

    private final TimingWheel wheel = new TimingWheel();

    private final class Deadline extends TimingWheel.Entry {
        private int expired;
        private int at;
        private int again;

        @Override
        void expired() {
            expired++;
            at = wheel.now();
            if (again > 0) {
                wheel.schedule(this, again);
            }
        }
    }

    private void tick(int seconds) {
        for (int i = 0; i < seconds; i++) {
            wheel.tick();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 511, 512, 513, 1024, 5000})
    void aDeadlineExpiresInItsSecondAndOnce(int seconds) {
        tick(7);
        Deadline deadline = new Deadline();
        wheel.schedule(deadline, seconds);

        tick(seconds - 1);
        assertThat(deadline.expired).isZero();
        tick(1);
        assertThat(deadline.expired).isEqualTo(1);
        tick(2000);
        assertThat(deadline.expired).isEqualTo(1);
        assertThat(wheel.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -5})
    void thePastIsTheNextSecond(int seconds) {
        Deadline deadline = new Deadline();
        wheel.schedule(deadline, seconds);

        tick(1);

        assertThat(deadline.expired).isEqualTo(1);
    }

    @Test
    void oneThatIsSetAgainIsMoved() {
        Deadline deadline = new Deadline();
        wheel.schedule(deadline, 5);
        wheel.schedule(deadline, 8);
        assertThat(wheel.size()).isEqualTo(1);

        tick(7);
        assertThat(deadline.expired).isZero();
        tick(1);
        assertThat(deadline.at).isEqualTo(8);
    }

    @Test
    void aCancelledOneNeverExpires() {
        Deadline deadline = new Deadline();
        wheel.schedule(deadline, 1);
        wheel.cancel(deadline);
        wheel.cancel(deadline);

        tick(1024);

        assertThat(deadline.expired).isZero();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void oneThatFailsKeepsNoOtherFromExpiring() {
        Deadline before = new Deadline();
        Deadline after = new Deadline();
        wheel.schedule(before, 1);
        wheel.schedule(
                new TimingWheel.Entry() {
                    @Override
                    void expired() {
                        throw new IllegalStateException("as asked");
                    }
                },
                1);
        wheel.schedule(after, 1);

        tick(1);

        assertThat(List.of(before.expired, after.expired)).containsOnly(1);
    }

    @Test
    void oneThatExpiresMayBeSetAgain() {
        Deadline deadline = new Deadline();
        deadline.again = 512;
        wheel.schedule(deadline, 1);

        tick(1 + 512 * 3);

        assertThat(deadline.expired).isEqualTo(4);
    }

    @Test
    void anyNumberInAnyOrderIsAsAListOfDeadlines() {
        Random random = new Random(3);
        List<Deadline> entries = Stream.generate(Deadline::new).limit(200).toList();
        Map<Deadline, Integer> due = new HashMap<>();
        for (int second = 1; second < 3000; second++) {
            for (int i = 0; i < 5; i++) {
                Deadline entry = entries.get(random.nextInt(entries.size()));
                int seconds = 1 + random.nextInt(1200);
                if (random.nextInt(3) == 0) {
                    wheel.cancel(entry);
                    due.remove(entry);
                } else {
                    wheel.schedule(entry, seconds);
                    due.put(entry, wheel.now() + seconds);
                }
            }
            entries.forEach(entry -> entry.at = 0);
            wheel.tick();
            for (Deadline entry : entries) {
                assertThat(entry.at == wheel.now()).isEqualTo(due.remove(entry, wheel.now()));
            }
            assertThat(wheel.size()).isEqualTo(due.size());
        }
    }
}
