package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginDelayTest {

    private final MutableClock clock = new MutableClock();
    private final LoginDelay delay = new LoginDelay(clock);

    @Test
    void theDelayGrowsWithEachWrongLogin() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Duration wait = delay.reserve(from("192.0.2.1")).orElseThrow();
            waits.add(wait.toMillis());
            clock.advance(wait);
            delay.failed(from("192.0.2.1"));
        }

        assertThat(waits)
                .containsExactly(0L, 0L, 0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void attemptsOfOneAddressLineUpAndThoseTooFarBehindAreNotMade() {
        fail("192.0.2.1", 6);
        List<Optional<Duration>> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            waits.add(delay.reserve(from("192.0.2.1")));
        }

        assertThat(waits.subList(0, 7))
                .extracting(wait -> wait.orElseThrow().toSeconds())
                .containsExactly(4L, 8L, 12L, 16L, 20L, 24L, 28L);
        assertThat(waits.subList(7, 9)).containsOnly(Optional.empty());
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        fail("192.0.2.1", 50);
        clock.advance(Duration.ofDays(-400));

        assertThat(delay.reserve(from("192.0.2.1"))).contains(Duration.ZERO);
        delay.failed(from("192.0.2.1"));
        assertThat(delay.reserve(from("192.0.2.1"))).contains(LoginDelay.LONGEST);
    }

    @Test
    void anotherAddressIsNotDelayed() {
        fail("192.0.2.1", 50);

        assertThat(delay.reserve(from("192.0.2.2"))).contains(Duration.ZERO);
        assertThat(delay.reserve(Optional.empty())).contains(Duration.ZERO);
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() {
        fail("2001:db8::1", 4);

        assertThat(delay.reserve(from("2001:db8::2"))).contains(Duration.ofSeconds(1));
        assertThat(delay.reserve(from("2001:db8:0:1::2"))).contains(Duration.ZERO);
    }

    @Test
    void aRightLoginDoesNotForgiveWrongOnes() {
        fail("192.0.2.1", 4);
        delay.succeeded(from("192.0.2.1"));

        assertThat(delay.reserve(from("192.0.2.1"))).contains(Duration.ofSeconds(1));
    }

    @Test
    void aQuarterOfAnHourForgives() {
        fail("192.0.2.1", 10);
        clock.advance(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(delay.reserve(from("192.0.2.1"))).contains(Duration.ZERO);
        delay.failed(from("192.0.2.1"));

        assertThat(delay.reserve(from("192.0.2.1"))).contains(Duration.ZERO);
    }

    @Test
    void manyAddressesDelayAllThatHaveNotLoggedInBefore() {
        delay.succeeded(from("192.0.2.1"));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < LoginDelay.INSTANCE_FREE + 8; i++) {
            waits.add(delay.reserve(from("198.51.100." + i)).orElseThrow().toMillis());
            delay.failed(from("198.51.100." + i));
        }

        assertThat(waits.subList(0, LoginDelay.INSTANCE_FREE)).containsOnly(0L);
        assertThat(waits.subList(LoginDelay.INSTANCE_FREE, waits.size()))
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 2_000L, 2_000L, 2_000L);
        assertThat(delay.reserve(from("192.0.2.1"))).contains(Duration.ZERO);
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            delay.failed(from(address));
        }
    }

    private static Optional<InetAddress> from(String address) {
        return Optional.of(Fixture.address(address));
    }
}
