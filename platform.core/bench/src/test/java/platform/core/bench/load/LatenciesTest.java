package platform.core.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void givesTheLeastThatAPartDoesNotExceed() {
        for (int i = 100; i >= 1; i--) {
            latencies.add(i * 1000L);
        }

        assertThat(latencies.count()).isEqualTo(100);
        assertThat(latencies.microseconds(0.5)).isEqualTo(50);
        assertThat(latencies.microseconds(0.99)).isEqualTo(99);
        assertThat(latencies.microseconds(1)).isEqualTo(100);
        assertThat(latencies.microseconds(0)).isEqualTo(1);
    }

    @Test
    void growsAndTakesWhatIsTooLongForTheLongest() {
        for (int i = 0; i < 200_000; i++) {
            latencies.add(1500);
        }
        latencies.add(Long.MAX_VALUE);

        assertThat(latencies.count()).isEqualTo(200_001);
        assertThat(latencies.microseconds(0.99)).isEqualTo(1.5);
        assertThat(latencies.microseconds(1)).isGreaterThan(2e6);
    }

    @Test
    void ofNothingIsZero() {
        assertThat(latencies.microseconds(0.5)).isZero();
    }
}
