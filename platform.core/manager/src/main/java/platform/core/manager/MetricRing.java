package platform.core.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.MetricSeries;

/** Makes one sample of all those of some minutes: the mean of each value, or the most where that tells more. */
final class MetricRing {

    private final Duration step;
    private final int slots;
    private final Map<InstanceId, Sum> instances = new LinkedHashMap<>();
    private Sum platform = new Sum(MetricSample.OF_PLATFORM);
    private Instant begin = Instant.EPOCH;

    /**
     * @param step how long a sample is
     * @param age how long samples are kept
     */
    MetricRing(Duration step, Duration age) {
        this.step = step;
        this.slots = (int) age.dividedBy(step);
    }

    int seconds() {
        return (int) step.toSeconds();
    }

    /** How long samples are kept. */
    Duration age() {
        return step.multipliedBy(slots);
    }

    /** Where a sample that begins then is kept: in the place of one that is too old. */
    int slot(Instant at) {
        return (int) (at.getEpochSecond() / seconds() % slots);
    }

    /** Takes a sample. @return the one that is complete with what has come before it */
    Optional<MetricSample> add(MetricSample sample) {
        Instant itsBegin = begin(sample.at());
        Optional<MetricSample> complete = itsBegin.equals(begin) ? Optional.empty() : take();
        begin = itsBegin;
        platform.add(sample.platform());
        sample.instances()
                .forEach((id, values) -> instances
                        .computeIfAbsent(id, first -> new Sum(MetricSample.OF_INSTANCE))
                        .add(values));
        return complete;
    }

    /** The sample as far as it has come; empty when it has not begun. */
    Optional<MetricSample> take() {
        if (platform.isEmpty()) {
            return Optional.empty();
        }
        Map<InstanceId, double[]> means = new HashMap<>();
        instances.forEach((id, sum) -> means.put(id, sum.means()));
        MetricSample sample = new MetricSample(begin, platform.means(), means);
        instances.clear();
        platform = new Sum(MetricSample.OF_PLATFORM);
        return Optional.of(sample);
    }

    private Instant begin(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond() / seconds() * seconds());
    }

    /** The values of one of them. */
    private static final class Sum {

        private final double[] sums;
        private final double[] most;
        private final int[] counts;

        Sum(int length) {
            sums = new double[length];
            most = new double[length];
            counts = new int[length];
        }

        boolean isEmpty() {
            return Arrays.stream(counts).allMatch(count -> count == 0);
        }

        void add(double[] values) {
            for (int i = 0; i < sums.length; i++) {
                if (!Double.isNaN(values[i])) {
                    sums[i] += values[i];
                    most[i] = Math.max(most[i], values[i]);
                    counts[i]++;
                }
            }
        }

        double[] means() {
            double[] means = MetricSample.unknown(sums.length);
            for (MetricSeries series : MetricSeries.values()) {
                int i = series.ordinal();
                if (i < means.length && counts[i] > 0) {
                    means[i] = series.isPeak() ? most[i] : sums[i] / counts[i];
                }
            }
            return means;
        }
    }
}
