package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.db.api.DatabaseException;
import platform.db.api.DiskLevel;
import platform.db.api.DiskStatus;

class DiskAlarmsTest {

    private static final long MB = 1 << 20;

    private final AlarmBook book = new AlarmBook(Clock.systemUTC(), List.of());
    private final Map<String, Long> sizes = new TreeMap<>(Map.of(
            "a@example.com", 10 * MB,
            "b@example.com", 700 * MB,
            "c@example.com", 30 * MB - 1,
            "d@example.com", 20 * MB,
            "e@example.com", 40 * MB,
            "f@example.com", 50 * MB));
    private final DiskAlarms alarms = new DiskAlarms(new BookedAlarms(book), () -> sizes);

    @Test
    void theAlarmGetsWorseWithTheLevelAndNamesTheLargestFirst() {
        alarms.show(at(DiskLevel.LOW, 900));
        assertThat(only().severity()).isEqualTo(AlarmSeverity.WARNING);
        assertThat(only().id()).isEqualTo("platform/disk-full");
        assertThat(only().text()).isEqualTo("The disk of the data folder has 400 MB left.");
        assertThat(only().cause())
                .isEqualTo("Most is used by b@example.com 700 MB,"
                        + " f@example.com 50 MB, e@example.com 40 MB, c@example.com 30 MB, d@example.com 20 MB.");
        alarms.show(at(DiskLevel.VERY_LOW, 800));
        assertThat(only().severity()).isEqualTo(AlarmSeverity.MAJOR);
        assertThat(only().text()).contains("has 300 MB left: logs, backups and dumps do not grow any more.");
        alarms.show(at(DiskLevel.FULL, 520));
        assertThat(only().severity()).isEqualTo(AlarmSeverity.CRITICAL);
        assertThat(only().text()).contains("the databases take no writes", "Make room for 180 MB");
        assertThat(String.join(" ", only().fix())).isEqualTo("platform:disk");
    }

    @Test
    void theAlarmEndsWithTheTrouble() {
        alarms.show(at(DiskLevel.FULL, 0));
        alarms.show(at(DiskLevel.OK, 10_000));
        assertThat(book.active()).isEmpty();
    }

    @Test
    void aServerThatIsAwayKeepsNoAlarmBack() {
        DiskAlarms blind = new DiskAlarms(new BookedAlarms(book), () -> {
            throw new DatabaseException("It is away");
        });
        blind.show(at(DiskLevel.LOW, 900));
        assertThat(only().text()).isEqualTo("The disk of the data folder has 400 MB left.");
    }

    private AlarmInfo only() {
        assertThat(book.active()).hasSize(1);
        return book.active().get(0);
    }

    private static DiskStatus at(DiskLevel level, long usable) {
        return new DiskStatus(level, 10_000 * MB, usable * MB, 0, 500 * MB, 1000 * MB, 500 * MB, 100 * MB);
    }
}
