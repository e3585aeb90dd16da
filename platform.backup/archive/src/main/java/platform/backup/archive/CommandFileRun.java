package platform.backup.archive;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.CommandFileStep;
import platform.backup.api.CommandFileStep.Status;
import platform.backup.api.RunOutcome;
import platform.core.api.InstanceInfo;

/** Does, in order, what the lines of a command file say; each backup is an HTTP PUT. Used by one thread. */
final class CommandFileRun {

    private static final Logger LOG = LoggerFactory.getLogger(CommandFileRun.class);

    private final Selection selection;
    private final PlatformFacts facts;
    private final Optional<BackupRunner> runner;
    private final CommandFileState state;
    private final Clock clock;
    private final ZoneId zone;
    private final boolean dryRun;
    private final Consumer<CommandFileStep> progress;
    private final Function<String, BackupProgress> underWay;
    private final List<CommandFileStep> steps = new ArrayList<>();
    private Optional<String> skipping = Optional.empty();
    private Optional<String> serial = Optional.empty();

    /** @param zone whose hours the lines mean */
    CommandFileRun(
            Selection selection,
            PlatformFacts facts,
            Optional<BackupRunner> runner,
            CommandFileState state,
            Clock clock,
            ZoneId zone,
            boolean dryRun,
            Consumer<CommandFileStep> progress,
            Function<String, BackupProgress> underWay) {
        this.selection = selection;
        this.facts = facts;
        this.runner = runner;
        this.state = state;
        this.clock = clock;
        this.zone = zone;
        this.dryRun = dryRun;
        this.progress = progress;
        this.underWay = underWay;
    }

    /** Returns what became of every line. */
    List<CommandFileStep> run(List<CommandFileLine> lines) {
        lines.forEach(this::run);
        boolean failed = steps.stream().anyMatch(it -> it.status() == Status.FAILED);
        if (!dryRun && !failed && !Thread.currentThread().isInterrupted()) {
            serial.ifPresent(state::handled);
        }
        return List.copyOf(steps);
    }

    private void run(CommandFileLine line) {
        if (line instanceof CommandFileLine.Unknown unknown) {
            tell(line, line.text(), Status.UNKNOWN, unknown.reason());
        } else if (skipping.isPresent()) {
            tell(line, line.text(), Status.SKIPPED, skipping.get());
        } else if (line instanceof CommandFileLine.Times times) {
            gate(line, hindrance(times));
        } else if (line instanceof CommandFileLine.Check check) {
            check(check);
        } else if (line instanceof CommandFileLine.Put put) {
            put(put);
        }
    }

    private void tell(CommandFileLine line, String command, Status status, String detail) {
        CommandFileStep step = new CommandFileStep(line.number(), command, status, detail);
        steps.add(step);
        progress.accept(step);
    }

    private void gate(CommandFileLine line, Optional<String> hindrance) {
        skipping = hindrance;
        tell(line, line.text(), hindrance.isPresent() ? Status.SKIPPED : Status.PASSED, hindrance.orElse(""));
    }

    /** A platform that has not run a command file yet need not wait for the hours, if the line has /initial. */
    private Optional<String> hindrance(CommandFileLine.Times times) {
        Instant now = clock.instant();
        if (now.isBefore(facts.started().plus(Duration.ofMinutes(times.initialMinutes())))) {
            return Optional.of("The platform has started less than " + times.initialMinutes() + " minutes ago.");
        }
        int hour = now.atZone(zone).getHour();
        boolean first = times.initialMinutes() > 0 && state.isFresh();
        return first || times.hours().contains(hour)
                ? Optional.empty()
                : Optional.of("It is " + hour + " o'clock in " + zone + ".");
    }

    private void check(CommandFileLine.Check check) {
        if (check.serial().equals(state.serial())) {
            gate(check, Optional.of("The serial " + check.serial() + " was handled already."));
        } else {
            serial = Optional.of(check.serial());
            gate(check, Optional.empty());
        }
    }

    private void put(CommandFileLine.Put put) {
        Map<String, String> addresses = addresses(put.url());
        if (addresses.values().stream().distinct().count() < addresses.size()) {
            tell(put, put.text(), Status.FAILED, "Several instances would get one address. Use #I and #D.");
            return;
        }
        boolean any = false;
        for (Map.Entry<String, String> one : addresses.entrySet()) {
            any |= put(put, one.getKey(), one.getValue());
        }
        if (any && HashParameters.counts(put.url())) {
            state.advance(put.url());
        }
    }

    private Map<String, String> addresses(String template) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (InstanceInfo it : selection.all()) {
            String version = facts.appVersion().apply(it.app());
            addresses.put(
                    it.id().toString(),
                    address(template, version, it.id().name(), it.id().domain()));
        }
        addresses.put(
                BackupRunner.MANAGER, address(template, facts.label(), BackupRunner.MANAGER, BackupRunner.MANAGER));
        return addresses;
    }

    private String address(String template, String version, String name, String domain) {
        Map<String, String> values = Map.of(
                "L",
                facts.label(),
                "A",
                version,
                "I",
                name,
                "D",
                domain,
                "m",
                facts.mac(),
                "d",
                BackupNames.TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        return HashParameters.expand(template, values, count -> state.index(template, count));
    }

    private boolean put(CommandFileLine line, String instance, String address) {
        String shown = instance + " to " + CommandFileParser.shown(address);
        if (dryRun) {
            tell(line, shown, Status.WOULD, "");
            return false;
        }
        BackupRunner.Result result = sent(instance, address);
        boolean complete = result.outcome() == RunOutcome.COMPLETE;
        tell(
                line,
                shown,
                complete ? Status.DONE : Status.FAILED,
                complete ? result.bytes() + " bytes" : result.problem());
        return complete;
    }

    private BackupRunner.Result sent(String instance, String address) {
        if (Thread.currentThread().isInterrupted()) {
            return failed("It was cut off.");
        }
        try {
            return runner.orElseThrow(() ->
                            new BackupException("Nothing here makes backups. Wait until the platform has started."))
                    .put(instance, new URI(address), underWay.apply(instance));
        } catch (URISyntaxException e) {
            return failed("The address is not understood: " + e.getReason() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("It was cut off.");
        } catch (BackupException e) {
            return failed(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: the backup by the command file failed unexpectedly", instance, e);
            return failed("It failed unexpectedly: " + e + ". The platform's log says more.");
        }
    }

    private static BackupRunner.Result failed(String problem) {
        return new BackupRunner.Result(0, RunOutcome.FAILED, problem);
    }
}
