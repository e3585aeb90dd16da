package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import platform.db.api.TableStatus;

/** When maintenance pays. */
class WorthTest {

    private static TableStatus table(long live, long dead, long indexes, Long bloat) {
        return new TableStatus(
                "public",
                "t",
                2 * indexes,
                indexes,
                live,
                dead,
                Optional.empty(),
                Optional.ofNullable(bloat),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void manyDeadRowsAreWorthAVacuum() {
        assertThat(Worth.vacuuming(table(10_000, 1000, 0, null))).isTrue();
        assertThat(Worth.vacuuming(table(10_001, 1000, 0, null))).isFalse();
        assertThat(Worth.vacuuming(table(0, 999, 0, null))).isFalse();
    }

    @Test
    void largeIndexesThatAreHalfEmptyAreWorthReindexing() {
        assertThat(Worth.reindexing(table(0, 0, 16L << 20, 8L << 20))).isTrue();
        assertThat(Worth.reindexing(table(0, 0, 17L << 20, 8L << 20))).isFalse();
        assertThat(Worth.reindexing(table(0, 0, 4L << 20, 4L << 20))).isFalse();
        assertThat(Worth.reindexing(table(0, 0, 16L << 20, null))).isFalse();
    }
}
