package platform.core.bench;

import java.util.Optional;

/**
 * Something that is measured.
 *
 * @param phase the phase that measures it
 * @param table the title of the table it is shown in
 * @param row the name of its row; empty where the rows are the servers
 * @param column what it is, with its unit
 * @param goal what it should be at most
 */
record Figure(String phase, String table, String row, String column, Optional<Double> goal) {

    Figure(String phase, String table, String column) {
        this(phase, table, "", column);
    }

    Figure(String phase, String table, String row, String column) {
        this(phase, table, row, column, Optional.empty());
    }

    /** The same, with a goal. */
    Figure atMost(double most) {
        return new Figure(phase, table, row, column, Optional.of(most));
    }

    /** Where it is shown. */
    String place() {
        return row.isEmpty() ? table : table + ", " + row;
    }
}
