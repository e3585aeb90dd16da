package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.ZonedDateTime;
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
