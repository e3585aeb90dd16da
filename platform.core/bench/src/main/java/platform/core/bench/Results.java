package platform.core.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that was measured, and what could not be. */
final class Results {

    private final Map<Cell, List<Double>> values = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** What a value is of. */
    record Cell(JvmName jvm, ServerKind server, Figure figure) {}

    void add(Cell cell, double value) {
        values.computeIfAbsent(cell, none -> new ArrayList<>()).add(value);
    }

    void fail(String sentence) {
        failures.add(sentence);
    }

    Map<Cell, List<Double>> values() {
        return values;
    }

    Optional<Double> median(Cell cell) {
        return Optional.ofNullable(values.get(cell)).map(Statistics::median);
    }

    List<String> failures() {
        return failures;
    }
}
