package platform.core.bench;

import java.util.List;

/** Of repeated measurements. */
final class Statistics {

    private Statistics() {}

    /** The least value that the given part of all does not exceed. */
    static double percentile(List<Double> values, double part) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    /** The middle one; of two in the middle their mean. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
