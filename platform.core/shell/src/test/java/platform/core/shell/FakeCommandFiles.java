package platform.core.shell;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.CommandFileReport;
import platform.backup.api.CommandFileStatus;
import platform.backup.api.CommandFileStep;
import platform.backup.api.CommandFiles;

/** A command file of three lines; none by another protocol than HTTP. */
final class FakeCommandFiles implements CommandFiles {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private CommandFileStatus status =
            new CommandFileStatus(Optional.empty(), Duration.ofMinutes(15), Optional.empty(), Optional.empty(), "");

    @Override
    public CommandFileReport run(
            URI url, boolean dryRun, Consumer<CommandFileStep> progress, Function<String, BackupProgress> underWay) {
        if (!url.getScheme().equals("http")) {
            throw new BackupException("The address is not allowed. Give one that begins with http:// or https://.");
        }
        List<CommandFileStep> steps = List.of(
                new CommandFileStep(1, "mod cmd UP1 times", CommandFileStep.Status.PASSED, ""),
                new CommandFileStep(
                        2,
                        "manager to http://10.0.0.1/manager",
                        dryRun ? CommandFileStep.Status.WOULD : CommandFileStep.Status.FAILED,
                        dryRun ? "" : "It is full."),
                new CommandFileStep(4, "reset", CommandFileStep.Status.UNKNOWN, "It is no command."));
        steps.forEach(progress);
        return new CommandFileReport(url.toString(), NOW, dryRun, steps);
    }

    @Override
    public CommandFileStatus set(URI url, Duration interval) {
        status = new CommandFileStatus(
                Optional.of(url.toString()),
                interval,
                Optional.of(NOW),
                Optional.of(NOW),
                "Line 4, reset: It is no command.");
        return status;
    }

    @Override
    public void off() {
        status =
                new CommandFileStatus(Optional.empty(), Duration.ofMinutes(15), Optional.empty(), Optional.of(NOW), "");
    }

    @Override
    public CommandFileStatus status() {
        return status;
    }
}
