package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import platform.backup.api.Retention;
import platform.backup.archive.RetentionRule.Kept;

class RetentionRuleTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static List<Kept> daily(int days) {
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            Instant time = NOON.minus(Duration.ofDays(i));
            kept.add(new Kept(time.toString().substring(0, 10), time, true));
        }
        return kept;
    }

    private static List<String> kept(Retention retention, List<Kept> backups) {
        List<Kept> left = new ArrayList<>(backups);
        left.removeAll(new RetentionRule(retention, ZoneOffset.UTC).expendable(backups));
        return left.stream().map(Kept::name).toList();
    }

    @Test
    void theLastAndTheNewestOfEachPeriodAreKept() {
        assertThat(kept(new Retention(3, 0, 0, 0), daily(400)))
                .containsExactly("2026-11-27", "2026-11-26", "2026-11-25");
        assertThat(kept(new Retention(0, 0, 3, 0), daily(400)))
                .as("weeks end on Sunday")
                .containsExactly("2026-11-27", "2026-11-22", "2026-11-15");
        assertThat(kept(new Retention(0, 0, 0, 3), daily(400)))
                .containsExactly("2026-11-27", "2026-10-31", "2026-09-30");
        assertThat(kept(new Retention(0, 2, 2, 2), daily(400)))
                .containsExactly("2026-11-27", "2026-11-26", "2026-11-22", "2026-10-31");
    }

    @Test
    void withoutARuleEverythingIsKept() {
        assertThat(kept(Retention.EVERYTHING, daily(400))).hasSize(400);
    }

    @Test
    void daysAreThoseOfTheZone() {
        List<Kept> around = List.of(
                new Kept("late", Instant.parse("2026-11-27T23:30:00Z"), true),
                new Kept("early", Instant.parse("2026-11-27T22:30:00Z"), true));
        Retention two = new Retention(0, 2, 0, 0);
        assertThat(new RetentionRule(two, ZoneOffset.UTC).expendable(around)).hasSize(1);
        assertThat(new RetentionRule(two, ZoneId.of("Europe/Berlin")).expendable(around))
                .isEmpty();
    }

    @Test
    void whateverThereIsTheNewestCompleteOneAndAllThatIsYoungerStay() {
        Random random = new Random(8);
        for (int i = 0; i < 3000; i++) {
            Retention retention =
                    new Retention(random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4));
            List<Kept> backups = some(random);
            List<Kept> gone = new RetentionRule(retention, ZoneOffset.UTC).expendable(backups);
            List<Kept> left = new ArrayList<>(backups);
            left.removeAll(gone);
            check(retention, backups, gone, left);
        }
    }

    private static List<Kept> some(Random random) {
        List<Kept> backups = new ArrayList<>();
        for (int n = random.nextInt(30); n > 0; n--) {
            Instant time = NOON.minus(Duration.ofHours(random.nextInt(24 * 120)));
            backups.add(new Kept("b" + n, time, random.nextInt(4) > 0));
        }
        return backups;
    }

    private static void check(Retention retention, List<Kept> backups, List<Kept> gone, List<Kept> left) {
        Optional<Instant> newest =
                backups.stream().filter(Kept::complete).map(Kept::time).max(Comparator.naturalOrder());
        assertThat(gone)
                .as("%s of %s", retention, backups)
                .allMatch(it -> newest.isPresent() && it.time().isBefore(newest.get()));
        long complete = backups.stream().filter(Kept::complete).count();
        assertThat(left.stream().filter(Kept::complete).count())
                .isGreaterThanOrEqualTo(
                        retention.isEverything() ? complete : Math.min(complete, Math.max(1, retention.last())));
        assertThat(new RetentionRule(retention, ZoneOffset.UTC).expendable(left))
                .as("what stays, stays: applied again it removes nothing more")
                .isEmpty();
    }
}
