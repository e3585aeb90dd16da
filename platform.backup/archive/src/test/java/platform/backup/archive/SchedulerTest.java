package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.Retention;
import platform.backup.api.RunOutcome;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleRun;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.ScheduledBackup;
import platform.core.api.Departure;
import platform.core.api.InstanceId;

@Timeout(30)
class SchedulerTest {

    private static final String ACME = "acme@example.com";
    private static final String SHOP = "shop@example.com";

    @TempDir
    Path data;

    private final TestClock clock = new TestClock("2026-11-27T12:00:00Z");
    private final ListedInstances instances =
            new ListedInstances().with(ACME, "files").with(SHOP, "hello");
    private final ListedAlarms alarms = new ListedAlarms();
    private final FakeRunner runner = new FakeRunner();
    private final ExecutorService sameThread = new SameThread();
    private volatile boolean diskIsVeryLow;
    private ScheduleBook book;
    private ScheduleStates states;
    private Scheduler scheduler;
    private ScheduledProofs proofs;
    private ScheduleAlarms watch;
    private KeptSchedules schedules;

    @BeforeEach
    void startPlatform() {
        startPlatform(sameThread);
    }

    /** As after a restart: what was in memory is gone. */
    private void startPlatform(ExecutorService thread) {
        ScheduleBook former = book;
        book = new ScheduleBook();
        if (former != null) {
            former.entries().values().forEach(it -> book.put(it.spec()));
        }
        states = new ScheduleStates(data.resolve("backups/state"));
        Selection selection = new Selection(instances, Map::of);
        BackupGate gate = new BackupGate(() -> diskIsVeryLow, thread);
        scheduler = new Scheduler(book, states, selection, Optional.of(runner), gate, clock, 1);
        proofs = new ScheduledProofs(
                book, new ProofStates(data.resolve("backups/state")), selection, Optional.of(runner), gate, clock);
        watch = new ScheduleAlarms(alarms, selection, clock);
        schedules = new KeptSchedules(
                book, states, scheduler, () -> List.of("away"), place -> {}, data.resolve("etc"), clock);
    }

    private static ScheduleSpec nightly(String window, boolean cut, boolean makeUp) {
        return spec(List.of("all"), List.of("/backups"), window, cut, makeUp, Retention.EVERYTHING, 0);
    }

    private static ScheduleSpec spec(
            List<String> which,
            List<String> targets,
            String window,
            boolean cut,
            boolean makeUp,
            Retention retention,
            int rolling) {
        return new ScheduleSpec(
                "nightly",
                which,
                List.of("manager"),
                targets,
                "0 2 * * *",
                ZoneId.of("UTC"),
                window.isEmpty() ? Duration.ZERO : TimeText.parse("window", window),
                cut,
                makeUp,
                retention,
                rolling,
                Optional.empty(),
                Optional.empty());
    }

    private void at(String time) {
        clock.set(time);
        scheduler.tick();
        proofs.tick();
        watch.check(book, entry -> states.of(entry, clock.instant()), proofs::state);
    }

    private ScheduleInfo info() {
        return schedules.find("nightly").orElseThrow();
    }

    private Map<String, RunOutcome> outcomes() {
        return info().backups().stream().collect(Collectors.toMap(ScheduledBackup::instance, ScheduledBackup::outcome));
    }

    @Test
    void whatIsDueIsBackedUpToEveryTargetOnAThreadOfLowPriority() {
        schedules.add(spec(List.of("all"), List.of("/backups", "away"), "4h", false, true, Retention.EVERYTHING, 0));
        at("2026-11-28T01:59:59Z");
        assertThat(runner.made).isEmpty();

        at("2026-11-28T02:00:10Z");

        assertThat(runner.made)
                .containsExactly(
                        "/backups:nightly/acme@example.com/acme@example.com-20261128-020010Z.tar.zst.age",
                        "away:nightly/acme@example.com/acme@example.com-20261128-020010Z.tar.zst.age",
                        "/backups:nightly/shop@example.com/shop@example.com-20261128-020010Z.tar.zst.age",
                        "away:nightly/shop@example.com/shop@example.com-20261128-020010Z.tar.zst.age");
        assertThat(runner.threads).containsOnly("backup 1");
        assertThat(info().lastRun().map(ScheduleRun::outcome)).contains(RunOutcome.COMPLETE);
        assertThat(info().next()).contains(Instant.parse("2026-11-29T02:00:00Z"));
        assertThat(alarms.active).isEmpty();
        at("2026-11-28T02:00:30Z");
        assertThat(runner.made).as("once").hasSize(4);
    }

    @Test
    void whatWasMissedWhileThePlatformWasDownIsAnAlarmAndMadeUpFor() {
        schedules.add(nightly("2h", false, true));
        at("2026-11-28T02:00:10Z");
        runner.work = (instance, target, name) -> new BackupRunner.Result(0, RunOutcome.FAILED, "It is full.");
        startPlatform();

        at("2026-11-29T09:00:00Z");

        assertThat(alarms.text("backup/backup-missed:nightly")).contains("missed its run of 2026-11-29T02:00:00Z");
        assertThat(alarms.active).containsKey(ACME + "/backup-failed:nightly");
        runner.work = (instance, target, name) -> FakeRunner.complete(FakeRunner.SIZE);
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        schedules.run("nightly", step -> {}, instance -> (step, done, total) -> heard.add(instance + " " + step));
        assertThat(heard).contains(ACME + " dump");
        at("2026-11-29T09:01:00Z");
        assertThat(alarms.active).as("cleared by themselves").isEmpty();
    }

    @Test
    void aMissedRunThatIsSkippedStaysAnAlarmUntilTheNext() {
        schedules.add(nightly("2h", false, false));
        at("2026-11-28T09:00:00Z");
        assertThat(runner.made).isEmpty();
        assertThat(alarms.active).containsOnlyKeys("backup/backup-missed:nightly");
        assertThat(info().lastRun().map(ScheduleRun::outcome)).contains(RunOutcome.MISSED);

        at("2026-11-29T02:00:00Z");

        assertThat(runner.made).hasSize(2);
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void withoutAWindowARunThatIsMinutesLateWasMissed() {
        schedules.add(nightly("", false, false));
        at("2026-11-28T02:04:00Z");
        assertThat(runner.made).hasSize(2);
        at("2026-11-29T02:06:00Z");
        assertThat(runner.made).hasSize(2);
        assertThat(alarms.active).containsKey("backup/backup-missed:nightly");
    }

    @Test
    void nothingBeginsWhileTheDiskIsVeryLow() {
        schedules.add(nightly("2h", false, true));
        diskIsVeryLow = true;
        at("2026-11-28T02:00:00Z");
        assertThat(runner.made).isEmpty();
        assertThatThrownBy(() -> schedules.run("nightly", step -> {}, instance -> BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessage(
                        "The schedule nightly was not run. The disk is nearly full, so no backup begins. Free some space.");
        at("2026-11-28T04:00:01Z");
        assertThat(alarms.active).containsOnlyKeys("backup/backup-missed:nightly");
        diskIsVeryLow = false;
        at("2026-11-28T04:10:00Z");
        assertThat(runner.made).hasSize(2);
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void whatDoesNotBeginInTheWindowIsMissedAndWhatRunsIsLetEnd() {
        schedules.add(nightly("1h", false, true));
        runner.work = (instance, target, name) -> {
            clock.pass(Duration.ofHours(2));
            return FakeRunner.complete(FakeRunner.SIZE);
        };
        at("2026-11-28T02:00:00Z");
        assertThat(outcomes()).isEqualTo(Map.of(ACME, RunOutcome.COMPLETE, SHOP, RunOutcome.MISSED));
        assertThat(info().lastRun().map(ScheduleRun::outcome)).contains(RunOutcome.PARTIAL);
        assertThat(alarms.text(SHOP + "/backup-missed:nightly")).contains("The window ended before its turn came");
    }

    @Test
    void whatRunsPastTheWindowIsCutOffIfThatIsWanted() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(ScheduledRun::thread);
        startPlatform(thread);
        CountDownLatch begun = new CountDownLatch(1);
        runner.work = (instance, target, name) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return FakeRunner.complete(FakeRunner.SIZE);
        };
        schedules.add(nightly("1h", true, true));
        at("2026-11-28T02:00:00Z");
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(info().running()).isTrue();
        assertThatThrownBy(() -> schedules.run("nightly", step -> {}, instance -> BackupProgress.NONE))
                .hasMessageContaining("Other backups are under way");

        at("2026-11-28T03:00:01Z");
        thread.shutdown();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        assertThat(outcomes()).isEqualTo(Map.of(ACME, RunOutcome.FAILED, SHOP, RunOutcome.MISSED));
        assertThat(info().lastRun().map(ScheduleRun::outcome)).contains(RunOutcome.FAILED);
        at("2026-11-28T03:00:02Z");
        assertThat(alarms.text(ACME + "/backup-failed:nightly")).endsWith("/backups: It was cut off.");
        assertThat(runner.made).isEmpty();
        startPlatform();
        assertThat(outcomes())
                .as("it is written down")
                .isEqualTo(Map.of(ACME, RunOutcome.FAILED, SHOP, RunOutcome.MISSED));
    }

    @Test
    void aRunThatTheEndOfThePlatformCutsOffGoesOnWhereItWas() {
        schedules.add(nightly("4h", false, true));
        runner.work = (instance, target, name) -> {
            if (instance.equals(SHOP)) {
                scheduler.stop();
                throw new InterruptedException();
            }
            return FakeRunner.complete(FakeRunner.SIZE);
        };
        at("2026-11-28T02:00:00Z");
        runner.work = (instance, target, name) -> FakeRunner.complete(FakeRunner.SIZE);
        startPlatform();
        at("2026-11-28T02:20:00Z");
        assertThat(runner.made)
                .containsExactly(
                        "/backups:nightly/acme@example.com/acme@example.com-20261128-020000Z.tar.zst.age",
                        "/backups:nightly/shop@example.com/shop@example.com-20261128-022000Z.tar.zst.age");
        assertThat(info().lastRun())
                .hasValueSatisfying(run -> assertThat(run.outcome()).isEqualTo(RunOutcome.COMPLETE));
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void anotherRuleBeginsAnew() {
        schedules.add(nightly("", false, true));
        ScheduleSpec was = nightly("", false, true);
        clock.set("2026-11-27T15:00:00Z");
        schedules.edit(new ScheduleSpec(
                was.name(),
                was.instances(),
                was.exclude(),
                was.targets(),
                "0 13 * * *",
                was.zone(),
                was.window(),
                was.cut(),
                was.makeUp(),
                was.retention(),
                was.rolling(),
                was.oldest(),
                was.drill()));
        at("2026-11-27T15:00:10Z");
        assertThat(runner.made).isEmpty();
        assertThat(alarms.active).isEmpty();
        at("2026-11-28T13:00:00Z");
        assertThat(runner.made).hasSize(2);
    }

    @Test
    void namesInTurnAreUsedAgainInPlaceOfTimes() {
        schedules.add(spec(List.of(ACME), List.of("/backups"), "", false, true, Retention.EVERYTHING, 2));
        for (int day = 1; day <= 3; day++) {
            at("2026-12-0" + day + "T02:00:00Z");
            startPlatform();
        }
        assertThat(runner.made)
                .extracting(it -> it.substring(it.lastIndexOf('-')))
                .containsExactly("-b0.tar.zst.age", "-b1.tar.zst.age", "-b0.tar.zst.age");
    }

    @Test
    void whatTheRetentionDoesNotNeedGoesAfterACompleteBackupOnly() {
        schedules.add(spec(List.of(ACME), List.of("/backups"), "", false, true, new Retention(2, 0, 0, 0), 0));
        runner.targets.put(
                "/backups",
                new ArrayList<>(List.of(new BackupRunner.Kept(
                        "nightly/acme@example.com/acme@example.com-holiday.tar.zst.age", Instant.EPOCH))));
        for (int day = 1; day <= 5; day++) {
            int today = day;
            runner.work = (instance, target, name) -> today == 4
                    ? new BackupRunner.Result(5, RunOutcome.PARTIAL, "A table is missing.")
                    : FakeRunner.complete(FakeRunner.SIZE);
            at("2026-12-0" + day + "T02:00:00Z");
            assertThat(runner.targets.get("/backups")).hasSize(Math.min(day, 2) + 1);
        }
        assertThat(runner.targets.get("/backups"))
                .extracting(it -> it.name().substring(it.name().indexOf("com-") + 4))
                .as("what is not ours stays")
                .containsExactly("holiday.tar.zst.age", "20261203-020000Z.tar.zst.age", "20261205-020000Z.tar.zst.age");
    }

    @Test
    void partialNeverCountsAsDoneAndGetsOld() {
        schedules.add(spec(List.of(ACME), List.of("/backups", "away"), "", false, true, Retention.EVERYTHING, 0));
        at("2026-12-01T02:00:00Z");
        runner.work = (instance, target, name) -> target.equals("away")
                ? new BackupRunner.Result(0, RunOutcome.FAILED, "It cannot be reached.")
                : FakeRunner.complete(FakeRunner.SIZE);

        at("2026-12-02T02:00:00Z");
        at("2026-12-02T02:01:00Z");
        assertThat(alarms.active).containsOnlyKeys(ACME + "/backup-partial:nightly");
        assertThat(alarms.text(ACME + "/backup-partial:nightly"))
                .isEqualTo("The backup of acme@example.com by the schedule nightly is only partial: away: It cannot be"
                        + " reached.");
        assertThat(info().backups().get(0).lastComplete()).contains(Instant.parse("2026-12-01T02:00:00Z"));
        at("2026-12-03T02:10:00Z");
        assertThat(alarms.active).containsKeys(ACME + "/backup-partial:nightly", ACME + "/backup-old:nightly");
        assertThat(alarms.active.get(ACME + "/backup-old:nightly").count())
                .as("raised once")
                .isEqualTo(1);
        runner.work = (instance, target, name) -> FakeRunner.complete(FakeRunner.SIZE);
        at("2026-12-04T02:00:00Z");
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void aSizeThatIsHardToBelieveIsAnAlarmUntilTheNextIsUsual() {
        schedules.add(spec(List.of(ACME), List.of("/backups"), "", false, true, Retention.EVERYTHING, 0));
        long[] sizes = {1_000_000, 1_000_000, 1_100_000, 300_000, 1_200_000, 9_000_000, 0};
        boolean[] strange = {false, false, false, true, false, true, true};
        for (int day = 0; day < sizes.length; day++) {
            long size = sizes[day];
            runner.work = (instance, target, name) -> FakeRunner.complete(size);
            at("2026-12-0" + (day + 1) + "T02:00:00Z");
            assertThat(alarms.active.containsKey(ACME + "/backup-size:nightly"))
                    .as("day %d", day + 1)
                    .isEqualTo(strange[day]);
        }
    }

    @Test
    void instancesAreNamedByDomainAppAndNameAndExcluded() {
        instances.with("wiki@example.org", "files").with("self@example.org", "files", Map.of("backup.exclude", "true"));
        Selection selection = new Selection(instances, Map::of);
        assertThat(selection.of(some("all"))).containsExactly(ACME, SHOP, "wiki@example.org", "manager");
        assertThat(selection.of(some("domain:example.org"))).containsExactly("wiki@example.org");
        assertThat(selection.of(some("app:files"))).containsExactly(ACME, "wiki@example.org");
        assertThat(selection.of(some(SHOP, "gone@example.com", "manager")))
                .containsExactly(SHOP, "gone@example.com", "manager");
        assertThat(selection.of(some("self@example.org"))).isEmpty();
    }

    @Test
    void whatWasMovedToAnotherPlatformIsNotBackedUpHereAnyMore() {
        Departure gone = new Departure(Optional.of(URI.create("https://far/acme/")), Optional.of(Instant.EPOCH));
        Selection selection = new Selection(
                instances, () -> Map.of(InstanceId.parse(ACME), gone, InstanceId.parse(SHOP), Departure.UNDECIDED));
        assertThat(selection.of(some("all"))).containsExactly(SHOP, "manager");
        assertThat(selection.of(some(ACME))).isEmpty();
    }

    private static ScheduleSpec some(String... which) {
        ScheduleSpec it = spec(List.of(which), List.of("/b"), "", false, true, Retention.EVERYTHING, 0);
        return new ScheduleSpec(
                it.name(),
                it.instances(),
                List.of(),
                it.targets(),
                it.cron(),
                it.zone(),
                it.window(),
                it.cut(),
                it.makeUp(),
                it.retention(),
                it.rolling(),
                it.oldest(),
                it.drill());
    }

    @Test
    void anInstanceThatIsGoneFailsWhenItIsNamedAndIsForgottenWhenNot() {
        schedules.add(spec(List.of(ACME, SHOP), List.of("/backups"), "", false, true, Retention.EVERYTHING, 0));
        runner.work = (instance, target, name) -> {
            throw new BackupException("The database is away. Start it.");
        };
        instances.without(SHOP);
        at("2026-11-28T02:00:00Z");
        assertThat(alarms.text(SHOP + "/backup-failed:nightly"))
                .contains("There is no such instance. Take it out of the schedule.");
        assertThat(alarms.text(ACME + "/backup-failed:nightly")).contains("The database is away. Start it.");

        schedules.edit(spec(List.of(ACME), List.of("/backups"), "", false, true, Retention.EVERYTHING, 0));
        at("2026-11-28T02:01:00Z");
        assertThat(alarms.active).containsOnlyKeys(ACME + "/backup-failed:nightly");
    }

    @Test
    void alarmsOfAScheduleThatIsGoneAreClearedAMomentLater() {
        schedules.add(nightly("", false, false));
        at("2026-11-28T09:00:00Z");
        schedules.remove("nightly");
        at("2026-11-28T09:00:10Z");
        assertThat(alarms.active).as("it may come back: a restart").hasSize(1);
        at("2026-11-28T09:02:10Z");
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void aScheduleIsAFileThatOnlyThePlatformReads() throws IOException {
        schedules.add(nightly("90m", true, true));
        Path file = data.resolve("etc/platform.backup.Schedule-nightly.cfg");
        assertThat(file).content().contains("cron = 0 2 * * *\n", "window = 90m\n", "overrun = cut\n", "zone = UTC\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> schedules.add(nightly("", false, true))).hasMessageContaining("already");
        schedules.remove("nightly");
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> schedules.remove("nightly")).hasMessageContaining("See backup:schedule list");
        assertThatThrownBy(() ->
                        schedules.add(spec(List.of("every"), List.of("/b"), "", false, true, Retention.EVERYTHING, 0)))
                .hasMessageStartingWith("'every' names no instances. Give all,");
        assertThatThrownBy(() -> schedules.add(
                        spec(List.of("all"), List.of("/b"), "", false, true, new Retention(1, 0, 0, 0), 3)))
                .hasMessageContaining("exclude each other");
        assertThatThrownBy(() -> schedules.add(nightly("", true, true))).hasMessageContaining("Without a window");
    }

    @Test
    void aTargetThatIsNotThereIsRefusedWithThoseThatAre() {
        ScheduleSpec wrong = spec(List.of("all"), List.of("/b", "awya"), "", false, true, Retention.EVERYTHING, 0);

        assertThatThrownBy(() -> schedules.add(wrong))
                .hasMessageStartingWith("There is no target 'awya'. There are: away. Add it with backup:target add,");
        schedules.add(nightly("", false, true));
        assertThatThrownBy(() -> schedules.edit(wrong)).hasMessageContaining("'awya'");
        assertThat(info().spec().targets()).containsExactly("/backups");
    }

    @Test
    void aStateThatIsNotUnderstoodBeginsAnew() throws IOException {
        Path file = data.resolve("backups/state/nightly.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "handled=yesterday\ninstance.x/since=1\n");
        book.put(nightly("", false, true));
        at("2026-11-28T09:00:00Z");
        assertThat(runner.made).isEmpty();
        at("2026-11-29T02:00:00Z");
        assertThat(runner.made).hasSize(2);
    }

    private void addWithDrill(List<String> instances, String cron) {
        ScheduleSpec it = spec(instances, List.of("/backups", "away"), "", false, true, Retention.EVERYTHING, 0);
        schedules.add(new ScheduleSpec(
                it.name(),
                it.instances(),
                List.of(),
                it.targets(),
                it.cron(),
                it.zone(),
                it.window(),
                it.cut(),
                it.makeUp(),
                it.retention(),
                it.rolling(),
                it.oldest(),
                Optional.of(cron)));
    }

    @Test
    void theNewestBackupIsProvedOnEachTargetWhenItsTimeHasCome() {
        addWithDrill(List.of(ACME, "manager"), "0 6 * * 0");
        at("2026-11-28T02:00:00Z");
        at("2026-11-29T02:00:00Z");
        assertThat(runner.proved).isEmpty();

        at("2026-11-29T06:00:05Z");

        String newest = "nightly/acme@example.com/acme@example.com-20261129-020000Z.tar.zst.age";
        String manager = "nightly/manager/manager-20261129-020000Z.tar.zst.age";
        assertThat(runner.proved)
                .containsExactly("/backups:" + newest, "away:" + newest, "/backups:" + manager, "away:" + manager);
        startPlatform();
        at("2026-11-29T06:01:00Z");
        assertThat(runner.proved).as("once").hasSize(4);
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void aProofThatFailsOrIsOverdueIsAnAlarmUntilTheNext() {
        addWithDrill(List.of(ACME), "0 6 * * *");
        at("2026-11-28T06:00:00Z");
        runner.doubt = Optional.of("away:");
        at("2026-11-29T06:00:00Z");
        assertThat(alarms.active).containsOnlyKeys("acme@example.com/backup-unproved:nightly");
        assertThat(alarms.text("acme@example.com/backup-unproved:nightly"))
                .contains("does not prove itself")
                .contains("It is damaged.");
        runner.doubt = Optional.empty();
        at("2026-11-30T06:00:00Z");
        assertThat(alarms.active).isEmpty();
        diskIsVeryLow = true;
        at("2026-12-02T12:30:00Z");
        assertThat(alarms.active).containsKey("acme@example.com/backup-proof-old:nightly");
        diskIsVeryLow = false;
        at("2026-12-02T12:31:00Z");
        assertThat(alarms.active).doesNotContainKey("acme@example.com/backup-proof-old:nightly");
    }
}
