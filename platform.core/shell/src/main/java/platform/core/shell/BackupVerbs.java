package platform.core.shell;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupKeys;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.DrillResult;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;
import platform.backup.api.TablesRequest;
import platform.backup.api.TablesResult;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What can be done with backups. */
final class BackupVerbs {

    private static final String IDS = "The instances: name@domain.";
    private static final String FILE =
            "The backup's file, from / on, or TARGET:FILE; a name without a slash is looked for as in backup:list.";
    private static final String NEWEST = " An instance, or 'manager', stands for its newest one.";
    private static final String PLACE = "A target, or a folder from / on; default: backups in the data folder.";
    static final String SERVER =
            "The database server to place a new instance on, as db:servers shows it. Default: the default one.";
    static final String INSTALL =
            "Where the app is missing or older, install the one that the backup was made with, first.";
    private static final String FROM =
            "Where the backup is: a target, or a folder from / on; default: backups in the data folder.";

    private final CommandConsole console;
    private final InstanceDatabases instances;
    private final Backups backups;
    private final BackupPlaces places;

    BackupVerbs(CommandConsole console, InstanceDatabases instances, Backups backups) {
        this.console = console;
        this.instances = instances;
        this.backups = backups;
        this.places = new BackupPlaces(backups);
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--all", "--manager", "--to"})
    @Command(
            name = "backup:run",
            description = "Back instances and the manager up: each becomes one encrypted file. They go on meanwhile.",
            footer = {
                "%nThe first backup makes the key that opens it, and shows it: keep it elsewhere, too.",
                "%nThe manager's backup holds its database, the settings in etc, the secrets and the apps; with it and the backups"
                        + " of the instances 'platform restore' makes the whole platform again.",
                "%nExamples:",
                "  backup:run acme@example.com",
                "  backup:run --manager",
                "  backup:run --all --to nas"
            })
    void run(
            @Parameters(paramLabel = "INSTANCE", arity = "0..*", description = IDS) List<String> ids,
            @Option(names = "--all", description = "All instances, and the manager.") boolean all,
            @Option(names = "--manager", description = "The manager.") boolean manager,
            @Option(names = "--to", paramLabel = "PLACE", description = PLACE) String to,
            @Mixin Output output) {
        List<String> failures = new ArrayList<>();
        List<String> chosen = chosen(ids, all, manager, failures);
        int wanted = chosen.size() + failures.size();
        String place = places.place(to);
        List<JsonObject> results = new ArrayList<>();
        Table table = new Table("INSTANCE", "FILE", "SIZE", "ROWS", "TIME").whole("FILE");
        for (String id : chosen) {
            try {
                BackupRun run = work(() -> backups.run(id, place, progress(output, id + ": ")));
                showKey(output, run.newKey());
                table.row(
                        id,
                        run.backup().file(),
                        DatabaseText.bytes(run.backup().bytes()),
                        run.manifest().allRows(),
                        DatabaseText.seconds(run.took()));
                results.add(json(run));
            } catch (PlatformException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failures.add(e.getMessage());
            }
        }
        output.list(console, results, table);
        if (!failures.isEmpty()) {
            throw PlatformException.failed(
                    "Backed up " + results.size() + " of " + wanted + ".\n" + String.join("\n", failures), null);
        }
    }

    /** The manager comes last: it knows the instances that were backed up. */
    private List<String> chosen(List<String> ids, boolean all, boolean manager, List<String> failures) {
        List<String> chosen = new ArrayList<>();
        if (all || ids == null) {
            if (all || !manager) {
                instances
                        .chosen("backup:run", ids, all)
                        .forEach(it -> chosen.add(it.id().toString()));
            }
        } else {
            ids.forEach(id -> find(id, failures).ifPresent(chosen::add));
        }
        if (all || manager) {
            chosen.add(Backups.MANAGER);
        }
        return chosen;
    }

    /** One that is not there does not keep the others from their turn. */
    private Optional<String> find(String id, List<String> failures) {
        try {
            return Optional.of(instances.instance(id).id().toString());
        } catch (PlatformException e) {
            failures.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static JsonObject json(BackupRun run) {
        JsonObject json = Json.tree(run.backup()).getAsJsonObject();
        json.add("manifest", Json.tree(run.manifest()));
        json.add("took", Json.tree(run.took()));
        run.newKey().ifPresent(key -> json.addProperty("newKey", key));
        return json;
    }

    private void showKey(Output output, Optional<String> key) {
        key.ifPresent(secret -> output.message(
                console,
                "This key opens the backups, and nothing else does. It is shown this once: keep it where it survives this"
                        + " machine.\n\n  " + secret + "\n"));
    }

    @Needs(
            value = Role.VIEWER,
            administratorFor = {"--from"})
    @Command(
            name = "backup:list",
            description = "List backups, by instance and time, and when each was last proved.",
            footer = {
                "%nExamples:",
                "  backup:list acme@example.com --from /mnt/backups",
                "  backup:list manager --from nas"
            })
    void list(
            @Parameters(paramLabel = "INSTANCE", arity = "0..1", description = "Of this one, or the manager, only.")
                    String id,
            @Option(
                            names = {"--from", "--target"},
                            paramLabel = "PLACE",
                            description = PLACE)
                    String from,
            @Mixin Output output) {
        List<BackupFile> found = told(() -> backups.list(places.place(from))).stream()
                .filter(it -> id == null || it.instance().equals(id))
                .toList();
        Table table = new Table("INSTANCE", "MADE", "SIZE", "PROVED", "FILE").whole("FILE");
        found.forEach(it -> table.row(
                it.instance(),
                it.made(),
                DatabaseText.bytes(it.bytes()),
                it.proved().map(Instant::toString).orElse("never"),
                it.file()));
        output.list(console, found, table);
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--from"})
    @Command(
            name = "backup:verify",
            description = "Read a backup to its end and check that every byte is as it was written.",
            footer = {
                "%nFrom a target it is read as it is checked, and goes on by itself where it was cut off.",
                "%nExamples:",
                "  backup:verify acme@example.com-20261127-083000Z.tar.zst.age",
                "  backup:verify nas:acme@example.com-20261127-083000Z.tar.zst.age",
                "  backup:verify acme@example.com --from nas"
            })
    void verify(
            @Parameters(paramLabel = "FILE|INSTANCE", description = FILE + NEWEST) String file,
            @Option(names = "--from", paramLabel = "PLACE", description = FROM) String from,
            @Mixin Output output) {
        BackupSource source = places.source(file, from);
        BackupManifest manifest = work(() -> backups.verify(source, progress(output, "")));
        output.fields(console, Json.tree(manifest), fields(manifest));
    }

    private static Map<String, Object> fields(BackupManifest it) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Instance", it.header().instance());
        fields.put("Made", it.header().made());
        fields.put("App", (it.header().app() + " " + it.header().appVersion()).strip());
        fields.put("Schema", it.schemaVersion());
        fields.put("PostgreSQL", it.header().postgresql());
        fields.put("Database", DatabaseText.bytes(it.header().databaseBytes()));
        fields.put(
                "Rows",
                String.format("%,d in %,d tables", it.allRows(), it.rows().size()));
        it.parts().forEach(part -> fields.put("Part " + part.name(), "SHA-256 " + part.sha256()));
        return fields;
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--from", "--as", "--install"})
    @Command(
            name = "backup:restore",
            description = "Restore an instance from a backup: its database and its settings.",
            footer = {
                "%nAn instance that is there goes on until the restored database is complete and verified. Its former"
                        + " database is kept for a day. If anything fails, all is as it was.",
                "%nSingle tables come into new tables beside the present ones, NAME_restored_TIME, with rows and columns and"
                        + " no keys, for the instance that the backup is of, which goes on. With --replace their rows take"
                        + " the place of the present ones, in one transaction.",
                "%nWhere the app is missing or older, --install takes the jar that the backup was made with, by its SHA-256, out"
                        + " of the file, if it was exported with it, or of a backup of the manager at the same place or in"
                        + " backups. It is code of whoever made the file, for all instances of the app.",
                "%nExamples:",
                "  backup:restore --plan acme@example.com-20261127-083000Z.tar.zst.age",
                "  backup:restore /mnt/backups/acme.tar.zst.age --as copy@example.com",
                "  backup:restore acme@example.com --from nas --install",
                "  backup:restore /mnt/backups/acme.tar.zst.age --table public.customer,public.invoice"
            })
    void restore(
            @Parameters(paramLabel = "FILE|INSTANCE", description = FILE + NEWEST) String file,
            @Option(names = "--from", paramLabel = "PLACE", description = FROM) String from,
            @Option(names = "--as", paramLabel = "INSTANCE", description = "Make a new instance of it: name@domain.")
                    String as,
            @Option(names = "--server", paramLabel = "SERVER", description = SERVER) String server,
            @Option(names = "--plan", description = "Only say what would be done and what it needs.") boolean planOnly,
            @Option(
                            names = "--as-is",
                            description =
                                    "Although the app is an older version here than in the backup; it must know the"
                                            + " database's schema.")
                    boolean asIs,
            @Option(names = "--install", description = INSTALL) boolean install,
            @Option(
                            names = "--table",
                            paramLabel = "TABLE",
                            split = "(?<!\\\\),",
                            splitSynopsisLabel = ",",
                            description = "Only these tables, by schema.name; several with commas. A comma in a name is"
                                    + " written \\,.")
                    List<String> tables,
            @Option(names = "--replace", description = "With --table: replace the rows that they have now.")
                    boolean replace,
            @Option(
                            names = {"-y", "--yes"},
                            description = "On a terminal: do not ask before something is replaced.")
                    boolean yes,
            @Mixin Output output) {
        BackupSource source = places.source(file, from);
        if (tables != null || replace) {
            List<String> names = tables == null
                    ? null
                    : tables.stream().map(it -> it.replace("\\,", ",")).toList();
            restoreTables(source, names, replace, yes, as != null || server != null || install || planOnly, output);
            return;
        }
        RestoreRequest request =
                new RestoreRequest(source, Optional.ofNullable(as), asIs, Optional.ofNullable(server), install);
        RestorePlan plan = told(() -> backups.plan(request));
        if (planOnly) {
            output.fields(console, Json.tree(plan), fields(plan));
            return;
        }
        output.message(console, Output.rows(fields(plan)));
        console.confirm(yes || !plan.exists(), "Replace the data and settings that " + plan.instance() + " has now?");
        RestoreResult result = work(() -> backups.restore(request, progress(output, "")));
        JsonObject json = Json.tree(result).getAsJsonObject();
        output.text(console, json, text(result));
    }

    private void restoreTables(
            BackupSource file, List<String> tables, boolean replace, boolean yes, boolean other, Output output) {
        if (tables == null || other) {
            throw new UsageException(
                    "backup:restore: --replace goes with --table, and --as, --server, --install and --plan do not.");
        }
        console.confirm(yes || !replace, "Replace the rows that " + String.join(", ", tables) + " have now?");
        TablesRequest request = new TablesRequest(file, tables, replace);
        TablesResult result = work(() -> backups.restoreTables(request, progress(output, "")));
        Table table = new Table("TABLE", "ROWS", "NOW IN");
        result.tables().forEach(it -> table.row(it.table(), it.rows(), it.into()));
        output.text(
                console,
                Json.tree(result),
                "Restored into " + result.instance() + ", as of " + result.made() + ":\n" + table.text());
    }

    static Map<String, Object> fields(RestorePlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("From", plan.header().instance() + ", as of " + plan.header().made());
        fields.put(
                "Restores", plan.instance() + (plan.exists() ? ", in place of what it has now" : ", a new instance"));
        fields.put(
                "Needs",
                DatabaseText.bytes(plan.bytesNeeded()) + " meanwhile; "
                        + (plan.bytesFree() == Long.MAX_VALUE
                                ? "the server does not tell what is free"
                                : "free are " + DatabaseText.bytes(plan.bytesFree())));
        fields.put("Note", String.join(" ", plan.notes()));
        fields.put("Obstacle", String.join(" ", plan.obstacles()));
        return fields;
    }

    static String text(RestoreResult result) {
        String text = result.instance() + " is restored: "
                + String.format("%,d rows in %s", result.manifest().allRows(), DatabaseText.seconds(result.took()))
                + ".";
        if (result.formerDatabase().isPresent()) {
            text += "\nIts former database is kept until "
                    + result.keptUntil().map(Instant::toString).orElse("") + " as '"
                    + result.formerDatabase().get() + "'.";
        }
        return text
                + result.password()
                        .map(it -> "\nIts password, shown this once: " + it)
                        .orElse("");
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--from"})
    @Command(
            name = "backup:drill",
            description = "Prove a backup: restore it beside the others, compare it, and remove it again.",
            footer = {
                "%nAn instance stands for its newest backup. With --app-check its app looks at the restored database, too: it"
                        + " is brought up to date for the version that is here, and the app may check what it likes.",
                "%nExamples:",
                "  backup:drill acme@example.com --app-check",
                "  backup:drill acme@example.com --from nas",
                "  backup:drill /mnt/backups/acme@example.com-20261127-083000Z.tar.zst.age"
            })
    void drill(
            @Parameters(paramLabel = "FILE|INSTANCE", description = FILE + NEWEST) String what,
            @Option(names = "--from", paramLabel = "PLACE", description = FROM) String from,
            @Option(names = "--app-check", description = "Ask the instance's app, too.") boolean appCheck,
            @Mixin Output output) {
        BackupSource file = places.source(what, from);
        DrillResult result = work(() -> backups.drill(file, appCheck, progress(output, "")));
        JsonObject json = Json.tree(result).getAsJsonObject();
        json.addProperty("file", file.toString());
        output.text(
                console,
                json,
                file + " is proved: "
                        + String.format("%,d rows", result.manifest().allRows())
                        + " restored and compared in " + DatabaseText.seconds(result.took()) + ", SHA-256 "
                        + result.checksum() + "."
                        + result.app()
                                .map(version -> " The app's version " + version + " finds it good.")
                                .orElse(""));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "backup:key",
            description = "Show for whom backups are encrypted; make the platform's key if it has none.",
            footer = "%nThe file secrets/backup.keys in the data folder holds the secret key.%n%nExample: backup:key")
    void key(@Mixin Output output) {
        BackupKeys keys = told(backups::keys);
        showKey(output, keys.newKey());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Own key", keys.own().orElse("none: the platform cannot read its backups"));
        keys.recipients().stream()
                .filter(it -> !keys.own().equals(Optional.of(it)))
                .forEach(it -> fields.merge("Recipients", it, (a, b) -> a + ", " + b));
        JsonObject json = Json.tree(keys).getAsJsonObject();
        output.fields(console, json, fields);
    }

    private BackupProgress progress(Output output, String who) {
        return progress(console, output, who);
    }

    static BackupProgress progress(CommandConsole console, Output output, String who) {
        return new ProgressText(System::nanoTime, line -> output.progress(console, who + line));
    }

    static <T> T work(Supplier<T> work) {
        return Work.cancellable(() -> told(work));
    }

    /** The exceptions of backups are told as they are. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (BackupException e) {
            String message = e.getMessage();
            throw PlatformException.failed(message.endsWith(".") ? message : message + ".", e);
        }
    }
}
