package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import platform.core.api.InstanceId;
import platform.core.api.MetricPoint;
import platform.core.api.MetricSeries;

class MetricRingTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final Instant MINUTE = Instant.parse("2026-11-27T08:00:00Z");

    private final MetricRing ring = new MetricRing(Duration.ofMinutes(1), Duration.ofDays(1));

    private static MetricSample sample(int second, double value) {
        double[] platform = new double[MetricSample.OF_PLATFORM];
        double[] instance = new double[MetricSample.OF_INSTANCE];
        Arrays.fill(platform, value);
        Arrays.fill(instance, 10 * value);
        return new MetricSample(MINUTE.plusSeconds(second), platform, Map.of(ACME, instance));
    }

    @Test
    void aMinuteIsTheMeanOfItsSamplesAndTheMostOfItsPeaks() {
        assertThat(ring.add(sample(0, 1))).isEmpty();
        assertThat(ring.add(sample(10, 2))).isEmpty();
        assertThat(ring.add(sample(50, 6))).isEmpty();

        MetricSample minute = ring.add(sample(60, 100)).orElseThrow();

        assertThat(minute.at()).isEqualTo(MINUTE);
        MetricPoint platform = MetricSample.point(Optional.empty(), minute.at(), minute.platform());
        assertThat(platform.value(MetricSeries.CPU)).isEqualTo(3);
        assertThat(platform.value(MetricSeries.LATENCY_P99)).isEqualTo(6);
        MetricPoint acme = MetricSample.point(
                Optional.of(ACME), minute.at(), minute.instances().get(ACME));
        assertThat(acme.value(MetricSeries.SOCKETS)).isEqualTo(30);
        assertThat(acme.values()).doesNotContainKey(MetricSeries.HEAP);
    }

    @Test
    void whatIsNotKnownDoesNotCount() {
        ring.add(sample(0, 4));
        ring.add(sample(10, Double.NaN));

        MetricSample so = ring.take().orElseThrow();

        assertThat(so.platform()[MetricSeries.CPU.ordinal()]).isEqualTo(4);
        assertThat(ring.take()).isEmpty();
    }

    @Test
    void aDayLaterTheSamePlaceIsUsedAgain() {
        assertThat(ring.slot(MINUTE)).isEqualTo(ring.slot(MINUTE.plus(Duration.ofDays(1))));
        assertThat(ring.slot(MINUTE)).isNotEqualTo(ring.slot(MINUTE.plus(Duration.ofHours(23))));
    }
}
