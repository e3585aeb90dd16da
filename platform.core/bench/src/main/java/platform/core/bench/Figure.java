package platform.core.bench;

import java.util.Optional;

/**
 * Something that is measured.
 *
 * @param phase the phase that measures it
 * @param table the title of the table it is shown in
 * @param column what it is, with its unit
 * @param goal what it should be at most
 */
record Figure(String phase, String table, String column, Optional<Double> goal) {

    Figure(String phase, String table, String column) {
        this(phase, table, column, Optional.empty());
    }

    /** The same, with a goal. */
    Figure atMost(double most) {
        return new Figure(phase, table, column, Optional.of(most));
    }
}
