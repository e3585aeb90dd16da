package platform.core.rest;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import platform.backup.api.BackupProgress;
import platform.backup.api.CommandFileReport;
import platform.backup.api.CommandFileStatus;
import platform.backup.api.CommandFileStep;

/** A command file with a line that cannot be done. */
final class FakeCommandFiles {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    private Optional<URI> url = Optional.empty();
    private Duration interval = Duration.ofMinutes(15);

    CommandFileReport run(
            URI from, boolean dryRun, Consumer<CommandFileStep> progress, Function<String, BackupProgress> underWay) {
        underWay.apply("acme@example.com").at("dump", 1, 2);
        CommandFileStep step = new CommandFileStep(
                2,
                "mod cmd UP0 scfg http://nas/",
                dryRun ? CommandFileStep.Status.WOULD : CommandFileStep.Status.FAILED,
                "");
        progress.accept(step);
        return new CommandFileReport(shown(from), AT, dryRun, List.of(step));
    }

    CommandFileStatus set(URI wanted, Duration every) {
        url = Optional.of(wanted);
        interval = every;
        return status();
    }

    void off() {
        url = Optional.empty();
    }

    CommandFileStatus status() {
        return new CommandFileStatus(
                url.map(FakeCommandFiles::shown), interval, url.map(it -> AT), Optional.empty(), "");
    }

    private static String shown(URI url) {
        return url.toString().replaceAll("//.*@", "//");
    }
}
