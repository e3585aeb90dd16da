package platform.core.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts of numbers, such as close codes. */
final class Tally {

    private final Map<Integer, Integer> counts = new TreeMap<>();

    void add(int number) {
        counts.merge(number, 1, Integer::sum);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Such as {@code 1001:19000,1006:2}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
