package platform.core.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.BackupException;
import platform.backup.api.Retention;
import platform.backup.api.RunOutcome;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleRun;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.ScheduledBackup;
import platform.backup.api.Schedules;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What can be done with the backup schedules. */
final class ScheduleVerbs {

    static final List<String> ACTIONS = List.of("add", "list", "info", "edit", "remove", "run", "next");

    private final CommandConsole console;
    private final Schedules schedules;

    ScheduleVerbs(CommandConsole console, Schedules schedules) {
        this.console = console;
        this.schedules = schedules;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "backup:schedule",
            description = "Say when which instances are backed up where to; see how it stands, or run one now.",
            footer = {
                "%nA schedule is a file etc/platform.backup.Schedule-NAME.cfg, which may as well be written by hand.",
                "%nExamples:",
                "  backup:schedule add nightly --to /mnt/backups --cron '0 2 * * *' --zone Europe/Berlin --window 4h"
                        + " --keep daily=7,weekly=4 --drill '0 6 * * 0'",
                "  backup:schedule list",
                "  backup:schedule info nightly",
                "  backup:schedule edit nightly --exclude files@example.com",
                "  backup:schedule run nightly",
                "  backup:schedule next nightly --count 5",
                "  backup:schedule remove nightly"
            })
    void schedule(
            @Parameters(index = "0", paramLabel = "ACTION", description = "add, list, info, edit, remove, run or next.")
                    String action,
            @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The schedule.") String name,
            @Mixin ScheduleOptions options,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            description = "How many times next shows, 1 to 1000. Default: 10.")
                    Integer count,
            @Mixin Output output) {
        if (!options.isEmpty() && !action.equals("add") && !action.equals("edit")) {
            throw new UsageException("backup:schedule: Options that say what a schedule is go with add and edit.");
        }
        if (count != null && (!action.equals("next") || count < 1 || count > 1000)) {
            throw new UsageException("backup:schedule: --count goes with next, from 1 to 1000.");
        }
        switch (action) {
            case "add" -> add(options.spec(need(name)), output);
            case "list" -> list(output);
            case "info" -> info(known(need(name)), output);
            case "edit" -> edit(need(name), options, output);
            case "remove" -> remove(need(name), output);
            case "run" -> run(need(name), output);
            case "next" -> next(need(name), count == null ? 10 : count, output);
            default ->
                throw new UsageException("backup:schedule: " + Table.quoted(action) + " is no action. Use "
                        + String.join(", ", ACTIONS) + ".");
        }
    }

    private static String need(String name) {
        if (name == null) {
            throw new UsageException("backup:schedule: Missing required parameter: 'NAME'. Try backup:schedule --help");
        }
        return name;
    }

    private void add(ScheduleSpec spec, Output output) {
        ScheduleInfo added = whole(() -> schedules.add(spec));
        output.text(console, json(added), "Added the schedule " + spec.name() + ", due " + due(added) + ".");
    }

    private void edit(String name, ScheduleOptions options, Output output) {
        if (options.isEmpty()) {
            throw new UsageException("backup:schedule: Say what shall be changed. Try backup:schedule --help");
        }
        ScheduleSpec spec = options.changed(known(name).spec());
        ScheduleInfo edited = whole(() -> schedules.edit(spec));
        output.text(console, json(edited), "Changed the schedule " + name + ", due " + due(edited) + ".");
    }

    private static String due(ScheduleInfo info) {
        return info.next().map(Instant::toString).orElse("never");
    }

    private void remove(String name, Output output) {
        whole(() -> {
            schedules.remove(name);
            return name;
        });
        JsonObject json = new JsonObject();
        json.addProperty("removed", name);
        output.text(console, json, "Removed the schedule " + Table.visible(name) + ". Its backups stay.");
    }

    private ScheduleInfo known(String name) {
        return schedules
                .find(name)
                .orElseThrow(() -> PlatformException.notFound(
                        Optional.ofNullable(schedules.unusable().get(name))
                                .map(problem -> "The schedule " + name + " is unusable: " + problem)
                                .orElse("There is no schedule " + Table.quoted(name) + ". See backup:schedule list.")));
    }

    private void list(Output output) {
        List<ScheduleInfo> found = schedules.list();
        Table table = new Table("SCHEDULE", "CRON", "ZONE", "INSTANCES", "TARGETS", "NEXT", "LAST", "STATE");
        found.forEach(it -> table.row(
                it.spec().name(),
                it.spec().cron(),
                it.spec().zone(),
                String.join(", ", it.spec().instances()),
                String.join(", ", it.spec().targets()),
                due(it),
                it.lastRun().map(run -> run.due().toString()).orElse(""),
                state(it)));
        Map<String, String> unusable = schedules.unusable();
        unusable.forEach((name, problem) -> table.row(name, "", "", "", "", "", "", "UNUSABLE: " + problem));
        JsonArray json = new JsonArray();
        found.forEach(it -> json.add(json(it)));
        unusable.forEach((name, problem) -> json.add(unusable(name, problem)));
        output.list(console, json.asList(), table);
    }

    private static JsonElement unusable(String name, String problem) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("problem", problem);
        return json;
    }

    private static String state(ScheduleInfo info) {
        return info.running()
                ? "RUNNING"
                : info.lastRun().map(ScheduleVerbs::outcome).orElse("");
    }

    private static String outcome(ScheduleRun run) {
        return run.started().isEmpty()
                ? run.outcome().toString()
                : run.outcome() + ", " + run.complete() + " of " + run.total();
    }

    private static JsonElement json(ScheduleInfo info) {
        JsonObject json = Json.tree(info.spec()).getAsJsonObject();
        JsonObject rest = Json.tree(info).getAsJsonObject();
        rest.remove("spec");
        rest.asMap().forEach(json::add);
        return json;
    }

    private void info(ScheduleInfo it, Output output) {
        ScheduleSpec spec = it.spec();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Schedule", spec.name());
        fields.put("Cron", spec.cron() + " in " + spec.zone());
        fields.put("Next", due(it));
        fields.put("Instances", String.join(", ", spec.instances()));
        fields.put("Exclude", String.join(", ", spec.exclude()));
        fields.put("Targets", String.join(", ", spec.targets()));
        fields.put("Window", spec.window().isZero() ? "" : span(spec.window()) + (spec.cut() ? ", then cut off" : ""));
        fields.put("Missed", spec.makeUp() ? "made up for" : "skipped");
        fields.put("Kept", spec.rolling() > 0 ? spec.rolling() + " in turn" : kept(spec.retention()));
        fields.put("Oldest", spec.oldest().map(ScheduleVerbs::span).orElse("two turns"));
        fields.put("Drill", spec.drill().orElse("never"));
        fields.put(
                "Last run",
                it.lastRun().map(run -> "of " + run.due() + ": " + outcome(run)).orElse("none yet"));
        fields.put("State", it.running() ? "RUNNING" : "");
        Table table = new Table("INSTANCE", "ENDED", "OUTCOME", "BYTES", "LAST COMPLETE", "PROBLEM");
        it.backups().forEach(backup -> row(table, backup));
        String text = Output.rows(fields);
        output.text(console, json(it), it.backups().isEmpty() ? text : text + "\n\n" + table.text());
    }

    private static void row(Table table, ScheduledBackup it) {
        table.row(
                it.instance(),
                it.at().map(Instant::toString).orElse("never"),
                it.at().isPresent() ? it.outcome() : "",
                it.bytes(),
                it.lastComplete().map(Instant::toString).orElse("never"),
                it.problem());
    }

    private static String kept(Retention keep) {
        return keep.isEverything()
                ? "everything"
                : "last " + keep.last() + ", daily " + keep.daily() + ", weekly " + keep.weekly() + ", monthly "
                        + keep.monthly();
    }

    static String span(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private void run(String name, Output output) {
        ScheduleInfo done = Work.cancellable(() -> told(() -> schedules.run(
                name,
                it -> output.progress(console, it),
                instance -> BackupVerbs.progress(console, output, instance + ": "))));
        ScheduleRun run =
                done.lastRun().orElseThrow(() -> PlatformException.conflict("The schedule was removed while it ran."));
        output.text(
                console,
                json(done),
                "The schedule " + name + " is done: " + run.complete() + " of " + run.total()
                        + " backups are complete.");
        if (run.outcome() != RunOutcome.COMPLETE) {
            throw PlatformException.failed(
                    "Not every backup is complete. See backup:schedule info " + name + ".", null);
        }
    }

    private void next(String name, int count, Output output) {
        ScheduleInfo known = known(name);
        List<Instant> times = told(() -> schedules.next(name, count));
        Table table = new Table("UTC", known.spec().zone().getId());
        times.forEach(it -> table.row(it, it.atZone(known.spec().zone()).toLocalDateTime()));
        output.list(console, times, table);
    }

    /** What changes the platform. */
    static <T> T whole(Supplier<T> work) {
        return Work.whole(() -> told(work));
    }

    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (BackupException e) {
            throw PlatformException.failed(e.getMessage(), e);
        }
    }
}
