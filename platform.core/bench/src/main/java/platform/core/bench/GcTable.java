package platform.core.bench;

import java.util.HashMap;
import java.util.Map;

/** What {@code jstat -gc} prints: a line of names and a line of numbers. A dash is what a collector does not have. */
final class GcTable {

    private final Map<String, Double> values = new HashMap<>();

    private GcTable() {}

    static GcTable parse(String text) {
        GcTable table = new GcTable();
        String[] lines = text.strip().split("\\R");
        String[] names = lines[0].strip().split("\\s+");
        String[] numbers = lines[lines.length - 1].strip().split("\\s+");
        if (lines.length < 2 || names.length != numbers.length) {
            throw new BenchException("This is no table of jstat -gc: " + text);
        }
        for (int i = 0; i < names.length; i++) {
            table.values.put(names[i], numbers[i].equals("-") ? 0 : Double.parseDouble(numbers[i].replace(',', '.')));
        }
        return table;
    }

    double sum(String... names) {
        double sum = 0;
        for (String name : names) {
            Double value = values.get(name);
            if (value == null) {
                throw new BenchException("jstat -gc does not show " + name + " but " + values.keySet());
            }
            sum += value;
        }
        return sum;
    }
}
