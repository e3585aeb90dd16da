package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.backup.api.BackupException;

class CronTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> next(String cron, String zone, String after, int count) {
        CronTimes times = new CronTimes(cron, ZoneId.of(zone));
        List<String> found = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = times.next(at).orElseThrow();
            found.add(at.toString().substring(0, 16));
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "0 2 * * *, 2026-11-28T01:00 2026-11-29T01:00",
        "*/15 * * * *, 2026-11-27T08:15 2026-11-27T08:30",
        "0 0 1 * MON, 2026-11-29T23:00 2026-11-30T23:00",
        "0 0 29 2 *, 2028-02-28T23:00 2032-02-28T23:00",
        "30 4 1-7 * *, 2026-12-01T03:30 2026-12-02T03:30",
        "0 22 * * 7, 2026-11-29T21:00 2026-12-06T21:00"
    })
    void itIsDueAsCronSays(String cron, String expected) {
        assertThat(next(cron, "Europe/Berlin", "2026-11-27T08:00:00Z", 2)).containsExactly(expected.split(" "));
    }

    @Test
    void whatFallsIntoTheHourLeftOutIsDueAtItsEnd() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30");
        assertThat(next("0,30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .as("once, not twice")
                .containsExactly("2026-03-29T01:00", "2026-03-30T00:00");
        assertThat(next("0 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00", "2026-03-30T00:00");
        assertThat(next("0 0 * * *", "America/Havana", "2026-03-07T12:00:00Z", 2))
                .as("midnight itself is left out there")
                .containsExactly("2026-03-08T05:00", "2026-03-09T04:00");
    }

    @Test
    void whatFallsIntoTheHourThatComesTwiceIsDueOnce() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30", "2026-10-26T01:30");
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-25T01:15:00Z", 1))
                .as("asked between the two")
                .containsExactly("2026-10-26T01:30");
        assertThat(next("0 3 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", 1))
                .containsExactly("2026-10-25T02:00");
    }

    @Test
    void whatIsDueEveryHourGoesByElapsedTime() {
        assertThat(next("30 * * * *", "Europe/Berlin", "2026-10-24T23:40:00Z", 3))
                .containsExactly("2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25T02:30");
        assertThat(next("30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T00:30", "2026-03-29T01:30");
        assertThat(next("*/30 * * * *", "Australia/Lord_Howe", "2026-04-04T14:00:00Z", 4))
                .as("half an hour comes twice there")
                .containsExactly("2026-04-04T14:30", "2026-04-04T15:00", "2026-04-04T15:30", "2026-04-04T16:00");
    }

    @Test
    void theNextIsAlwaysLaterAndNoDayIsLeftOutInAnyZone() {
        Random random = new Random(8);
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 150; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            CronTimes times = new CronTimes(random.nextInt(60) + " " + random.nextInt(24) + " * * *", zone);
            Instant at = Instant.parse("2026-01-01T12:00:00Z").plus(Duration.ofDays(random.nextInt(3000)));
            for (int n = 0; n < 20; n++) {
                Instant next = times.next(at).orElseThrow();
                Duration pause = Duration.between(at, next);
                assertThat(pause).as("%s after %s", zone, at).isPositive().isLessThanOrEqualTo(Duration.ofHours(26));
                at = next;
            }
        }
    }

    @Test
    void theLastThatWasDueIsFoundHoweverLongAgoItWas() {
        CronTimes minutely = new CronTimes("* * * * *", BERLIN);
        Instant now = Instant.parse("2026-11-27T08:00:30Z");
        assertThat(minutely.last(Instant.EPOCH, now)).contains(Instant.parse("2026-11-27T08:00:00Z"));
        assertThat(minutely.last(Instant.parse("2026-11-27T08:00:00Z"), now)).isEmpty();
        CronTimes yearly = new CronTimes("0 12 24 12 *", BERLIN);
        assertThat(yearly.last(Instant.EPOCH, now)).contains(Instant.parse("2025-12-24T11:00:00Z"));
        assertThat(yearly.last(Instant.parse("2025-12-24T11:00:00Z"), now)).isEmpty();
        assertThat(yearly.last(now, Instant.parse("2026-12-24T11:00:00Z")))
                .isEqualTo(Optional.of(Instant.parse("2026-12-24T11:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 2 * *",
                "61 2 * * *",
                "0 24 * * *",
                "0 2 * * * *",
                "nightly",
                "0 2 30 2 *",
                "0 2 * * X",
                "*"
            })
    void whatIsNoExpressionIsRefusedWithWhatToGive(String cron) {
        assertThatThrownBy(() -> new CronTimes(cron, BERLIN))
                .isInstanceOf(BackupException.class)
                .hasMessageStartingWith("The cron expression '" + cron + "' is ")
                .hasMessageContaining("Give ");
    }
}
