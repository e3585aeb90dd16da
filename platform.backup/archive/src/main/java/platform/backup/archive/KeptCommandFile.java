package platform.backup.archive;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.CommandFileReport;
import platform.backup.api.CommandFileStatus;
import platform.backup.api.CommandFileStep;
import platform.backup.api.CommandFiles;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** The command file that is set, and the runs of it. What is set here holds at once and is written to {@code etc}. */
final class KeptCommandFile implements CommandFiles {

    static final String PID = "platform.backup.CommandFile";

    private static final Logger LOG = LoggerFactory.getLogger(KeptCommandFile.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String SOURCE = "backup";
    private static final String CODE = "backup-failed:" + ScheduleText.COMMAND_FILE;

    private final CommandFileFetcher fetcher;
    private final Runs runs;
    private final CommandFileState state;
    private final BackupGate gate;
    private final Alarms alarms;
    private final Path etc;
    private final Clock clock;
    private volatile Setting setting = new Setting(Optional.empty(), Duration.ofMinutes(15), ZoneId.systemDefault());
    private volatile boolean atOnce;

    KeptCommandFile(
            CommandFileFetcher fetcher,
            Runs runs,
            CommandFileState state,
            BackupGate gate,
            Alarms alarms,
            Path etc,
            Clock clock) {
        this.fetcher = fetcher;
        this.runs = runs;
        this.state = state;
        this.gate = gate;
        this.alarms = alarms;
        this.etc = etc;
        this.clock = clock;
    }

    /** Makes a run of a file. */
    interface Runs {
        CommandFileRun of(
                ZoneId zone,
                boolean dryRun,
                Consumer<CommandFileStep> ended,
                Function<String, BackupProgress> underWay);
    }

    /** What is set. */
    record Setting(Optional<URI> url, Duration interval, ZoneId zone) {

        /** @throws BackupException when a value has not its form */
        static Setting of(CommandFileConfig config) {
            try {
                return new Setting(
                        Optional.of(config.url().strip())
                                .filter(it -> !it.isEmpty())
                                .map(URI::create)
                                .map(CommandFileFetcher::checked),
                        checked(TimeText.parse("The interval", config.interval().strip())),
                        ScheduleText.zone(config.zone().strip()));
            } catch (IllegalArgumentException e) {
                throw new BackupException("The address of the command file is not understood. Correct it.", e);
            }
        }
    }

    private static Duration checked(Duration interval) {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new BackupException("The interval is not allowed. Give a time from 1m to 365d.");
        }
        return interval;
    }

    void take(Setting taken) {
        setting = taken;
    }

    @Override
    public synchronized CommandFileStatus set(URI url, Duration interval) {
        take(new Setting(Optional.of(CommandFileFetcher.checked(url)), checked(interval), setting.zone()));
        write();
        atOnce = true;
        return status();
    }

    @Override
    public synchronized void off() {
        take(new Setting(Optional.empty(), setting.interval(), setting.zone()));
        write();
        alarms.clear(SOURCE, CODE);
    }

    private void write() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("url", setting.url().map(URI::toString).orElse(""));
        settings.put("interval", TimeText.of(setting.interval()));
        settings.put("zone", setting.zone().getId());
        SettingFiles.write(etc.resolve(PID + ".cfg"), settings);
    }

    @Override
    public CommandFileStatus status() {
        Setting now = setting;
        return new CommandFileStatus(
                now.url().map(it -> CommandFileParser.shown(it.toString())),
                now.interval(),
                now.url().map(it -> next().truncatedTo(ChronoUnit.SECONDS)),
                state.last().map(it -> it.truncatedTo(ChronoUnit.SECONDS)),
                state.problem());
    }

    private Instant next() {
        Instant now = clock.instant();
        Instant next = state.last().map(it -> it.plus(setting.interval())).orElse(now);
        return atOnce || next.isBefore(now) ? now : next;
    }

    /** Looks whether it is time; called every few seconds. */
    void tick() {
        Setting now = setting;
        if (now.url().isPresent() && !next().isAfter(clock.instant())) {
            gate.begin(() -> regular(now.url().get()));
        }
    }

    private void regular(URI url) {
        atOnce = false;
        try {
            CommandFileReport report = perform(url, false, step -> {}, instance -> BackupProgress.NONE);
            String problem = problem(report);
            state.ran(clock.instant(), problem);
            report(report.failed() ? problem : "");
        } catch (BackupException e) {
            state.ran(clock.instant(), e.getMessage());
            report(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String problem(CommandFileReport report) {
        return report.steps().stream()
                .filter(it ->
                        it.status() == CommandFileStep.Status.FAILED || it.status() == CommandFileStep.Status.UNKNOWN)
                .limit(10)
                .map(it -> "Line " + it.line() + ", " + it.command() + ": " + it.detail())
                .collect(Collectors.joining(" "));
    }

    private void report(String problem) {
        if (problem.isEmpty()) {
            alarms.clear(SOURCE, CODE);
        } else {
            alarms.raise(new AlarmSpec(SOURCE, CODE, AlarmSeverity.MAJOR, problem, "backup:command-file status"));
        }
    }

    private CommandFileReport perform(
            URI url, boolean dryRun, Consumer<CommandFileStep> progress, Function<String, BackupProgress> underWay)
            throws InterruptedException {
        String text = fetcher.fetch(url);
        List<CommandFileStep> steps =
                runs.of(setting.zone(), dryRun, progress, underWay).run(CommandFileParser.parse(text));
        steps.stream()
                .filter(it -> it.status() == CommandFileStep.Status.UNKNOWN)
                .forEach(it -> LOG.warn("Line {} of the command file is left out: {}", it.line(), it.detail()));
        return new CommandFileReport(CommandFileParser.shown(url.toString()), clock.instant(), dryRun, steps);
    }

    @Override
    public CommandFileReport run(
            URI url, boolean dryRun, Consumer<CommandFileStep> progress, Function<String, BackupProgress> underWay) {
        try {
            return dryRun ? perform(url, true, progress, underWay) : inTurn(url, progress, underWay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException("The run of the command file was cut off.", e);
        }
    }

    private CommandFileReport inTurn(
            URI url, Consumer<CommandFileStep> progress, Function<String, BackupProgress> underWay)
            throws InterruptedException {
        CommandFileFetcher.checked(url);
        CompletableFuture<CommandFileReport> report = new CompletableFuture<>();
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        gate.begin(() -> {
                    worker.complete(Thread.currentThread());
                    complete(report, url, progress, underWay);
                })
                .ifPresent(hindrance -> {
                    throw new BackupException("The command file was not run. " + hindrance);
                });
        try {
            return report.get();
        } catch (InterruptedException e) {
            worker.thenAccept(Thread::interrupt);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known
                    ? known
                    : new BackupException("The command file was not run to its end: " + e.getCause(), e.getCause());
        }
    }

    private void complete(
            CompletableFuture<CommandFileReport> report,
            URI url,
            Consumer<CommandFileStep> progress,
            Function<String, BackupProgress> underWay) {
        try {
            report.complete(perform(url, false, progress, underWay));
        } catch (RuntimeException e) {
            report.completeExceptionally(e);
        } catch (InterruptedException e) {
            report.completeExceptionally(new BackupException("The run of the command file was cut off.", e));
        }
    }
}
