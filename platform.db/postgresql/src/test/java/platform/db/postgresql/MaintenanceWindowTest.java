package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import platform.db.api.DatabaseException;

/** When the night begins. */
class MaintenanceWindowTest {

    static MaintenanceConfig config(String from, int minutes) {
        return new MaintenanceConfig() {
            @Override
            public String maintenance_from() {
                return from;
            }

            @Override
            public int maintenance_minutes() {
                return minutes;
            }

            @Override
            public String extensions() {
                return "";
            }

            @Override
            public String db() {
                return "embedded";
            }

            @Override
            public String db_server() {
                return "";
            }

            @Override
            public String listen() {
                return "";
            }

            @Override
            public int port() {
                return 5433;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return MaintenanceConfig.class;
            }
        };
    }

    private static Duration wait(String from, String now) {
        return MaintenanceWindow.of(config(from, 60)).orElseThrow().until(ZonedDateTime.parse(now));
    }

    @Test
    void itIsTheNextTimeThatCounts() {
        assertThat(wait("02:00", "2026-11-26T01:00:00Z")).isEqualTo(Duration.ofHours(1));
        assertThat(wait("02:00", "2026-11-26T02:00:00Z")).isEqualTo(Duration.ofHours(24));
        assertThat(wait("02:00", "2026-11-26T03:00:00Z")).isEqualTo(Duration.ofHours(23));
    }

    @Test
    void eachWindowIsToldOfOnceWithWhatIsLeftOfIt() {
        WindowWatch watch = watch("2026-11-26T01:00:00Z");
        assertThat(begun(watch, "2026-11-26T01:59:50Z")).isEmpty();
        assertThat(begun(watch, "2026-11-26T02:00:10Z")).contains(Duration.ofSeconds(3590));
        assertThat(begun(watch, "2026-11-26T02:00:30Z")).isEmpty();
        assertThat(begun(watch, "2026-11-27T02:00:00Z")).contains(Duration.ofHours(1));
    }

    @Test
    void aClockThatIsSetDuringTheDayBringsNoWindowIntoIt() {
        WindowWatch watch = watch("1970-01-01T00:00:00Z");
        assertThat(begun(watch, "2026-11-26T12:00:00Z")).as("set forward").isEmpty();
        assertThat(begun(watch, "2026-11-27T02:00:00Z")).isPresent();
        assertThat(begun(watch, "2026-11-20T12:00:00Z")).as("set back").isEmpty();
        assertThat(begun(watch, "2026-11-21T02:00:00Z")).isPresent();
        assertThat(begun(watch, "2026-11-22T02:30:00Z"))
                .as("set forward into a window")
                .contains(Duration.ofMinutes(30));
    }

    private static WindowWatch watch(String now) {
        return new WindowWatch(MaintenanceWindow.of(config("02:00", 60)).orElseThrow(), ZonedDateTime.parse(now));
    }

    private static Optional<Duration> begun(WindowWatch watch, String now) {
        return watch.begun(ZonedDateTime.parse(now));
    }

    @Test
    void itCanBeOff() {
        assertThat(MaintenanceWindow.of(config("off", 60))).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        assertThatThrownBy(() -> MaintenanceWindow.of(config("2 o'clock", 60)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("maintenance.from");
        assertThatThrownBy(() -> MaintenanceWindow.of(config("02:00", 0)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("maintenance.minutes");
    }
}
