package platform.core.shell;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.Backups;
import platform.backup.api.CloneResult;
import platform.backup.api.RestorePlan;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceQuotas;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.MovedDatabase;
import platform.core.api.Platform;
import platform.core.api.PlatformException;
import platform.core.api.QuotaInfo;
import platform.core.api.Role;
import platform.core.api.State;
import platform.core.api.TraceFlag;
import platform.webserver.api.WebSocketStatistics;

/** What can be done with the instances. */
final class InstanceVerbs {

    private static final String ID = "The instance: name@domain.";
    private static final String SETTING = "A setting for the app; can be given more than once.";

    private final CommandConsole console;
    private final Instances instances;
    private final Optional<Platform> platform;
    private final Optional<Backups> backups;
    private final Optional<InstanceQuotas> quotas;

    InstanceVerbs(
            CommandConsole console,
            Instances instances,
            Optional<Platform> platform,
            Optional<Backups> backups,
            Optional<InstanceQuotas> quotas) {
        this.console = console;
        this.instances = instances;
        this.platform = platform;
        this.backups = backups;
        this.quotas = quotas;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:create",
            description =
                    "Make an instance of an app, with a database, a path and a password of its own, and start it.",
            footer = {
                "%nExamples:",
                "  instance:create acme@example.com --app files",
                "  instance:create acme@example.com --app files --set quota=10G",
                "  instance:create acme@example.com --app files --server pg1"
            })
    void create(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id,
            @Option(
                            names = "--app",
                            required = true,
                            paramLabel = "APP",
                            description = "The app, as app:list shows it.")
                    String app,
            @Option(
                            names = "--path",
                            paramLabel = "PATH",
                            description = "Its path on the webserver. Default: /<domain>/<name>.")
                    String path,
            @Option(
                            names = "--host",
                            paramLabel = "HOST",
                            description = "A host name for it alone, such as acme.example.com. Default: none.")
                    String host,
            @Option(
                            names = "--database",
                            paramLabel = "NAME",
                            description = "Its database and role. Default: <domain>_<name>.")
                    String database,
            @Option(
                            names = "--server",
                            paramLabel = "SERVER",
                            description = "The database server to place it on, as db:servers shows it. Default: the"
                                    + " default one.")
                    String server,
            @Option(
                            names = "--password",
                            paramLabel = "PASSWORD",
                            description = "Its password; - reads it from standard input. Default: a generated one,"
                                    + " which is shown once.")
                    String password,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = SETTING) Map<String, String> settings,
            @Option(
                            names = "--trace",
                            paramLabel = "FLAG",
                            split = ",",
                            description = "What of it is logged in detail, as instance:trace shows it: app,database."
                                    + " Default: app,app-websocket.")
                    List<String> trace,
            @Mixin Output output) {
        InstanceSpec spec = new InstanceSpec(
                InstanceId.parse(id),
                app,
                Optional.ofNullable(path),
                Optional.ofNullable(host),
                Optional.ofNullable(database),
                password(password),
                settings == null ? Map.of() : settings,
                Optional.ofNullable(server),
                trace == null ? TraceFlag.DEFAULT : TraceFlag.apply(Set.of(), trace));
        CreatedInstance created = Work.whole(() -> instances.create(spec));
        show(created, spec.password().isEmpty(), output);
    }

    private void show(CreatedInstance created, boolean generated, Output output) {
        InstanceInfo info = created.info();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Path", info.path());
        fields.put("Address", address(info));
        fields.put("Database", info.database());
        JsonObject json = Json.tree(info).getAsJsonObject();
        if (generated) {
            fields.put("Password", created.password() + "  (shown only now)");
            json.addProperty("password", created.password());
        }
        output.text(console, json, "Created " + info.id() + ".\n" + Output.rows(fields));
        if (info.state() == State.FAILED) {
            throw PlatformException.failed(
                    info.id() + " was made, but it does not start: " + StateText.why(info.reason(), info.nextAttempt()),
                    null);
        }
    }

    private String address(InstanceInfo info) {
        return platform.stream()
                .flatMap(p -> p.addresses().stream())
                .findFirst()
                .map(address -> address.resolve(info.path() + "/").toString())
                .orElse("");
    }

    @Needs(value = Role.VIEWER, filtered = true)
    @Command(
            name = "instance:list",
            description = "List the instances.",
            footer = "%nExample: instance:list --app files")
    void list(
            @Option(names = "--app", paramLabel = "APP", description = "Only those of this app.") String app,
            @Mixin Output output) {
        List<InstanceInfo> found = instances.list().stream()
                .filter(i -> app == null || app.equals(i.app()))
                .filter(i -> console.shows(i.id().toString()))
                .toList();
        Table table = new Table("INSTANCE", "APP", "STATE", "SINCE", "PATH", "HOST", "REASON");
        found.forEach(i -> table.row(
                i.id(),
                i.app(),
                i.state(),
                StateText.since(i.since()),
                i.path(),
                i.host(),
                StateText.why(i.reason(), i.nextAttempt())));
        output.list(console, found, table);
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "instance:info",
            description = "Show all that is known about an instance, except its password.",
            footer = "%nExample: instance:info acme@example.com")
    void info(@Parameters(paramLabel = "INSTANCE", description = ID) String id, @Mixin Output output) {
        InstanceInfo info = instance(InstanceId.parse(id));
        long bytes = instances.databaseSize(info.id());
        WebSocketStatistics sockets = instances.webSockets(info.id());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Instance", info.id());
        fields.put("App", info.app());
        fields.put("State", info.state());
        fields.put("Reason", info.reason());
        fields.put("Since", info.since());
        info.nextAttempt().ifPresent(at -> fields.put("Next attempt", at));
        fields.put("Path", info.path());
        fields.put("Host", info.host());
        info.formerPaths().forEach((old, until) -> fields.put("Old path " + old, "redirects until " + until));
        fields.put("Address", address(info));
        fields.put("Database", info.database() + String.format(", %,.1f MB", bytes / 1e6));
        fields.put("Server", info.server());
        fields.put("WebSockets", summary(sockets));
        List<QuotaInfo> limits = limits(info.id());
        limits.stream()
                .filter(it -> !it.kind().isOfDatabase())
                .forEach(it -> fields.put(
                        "Limit of " + QuotaText.name(it.kind()),
                        QuotaText.amount(it.kind(), it.use())
                                + it.limit()
                                        .map(limit -> " of " + QuotaText.amount(it.kind(), limit))
                                        .orElse(", no limit")));
        Optional<Instant> proved = backups.flatMap(it -> it.lastProved(info.id().toString()));
        fields.put("Trace", TraceText.line(info.trace()));
        fields.put("Created", info.created());
        fields.put("Backup proved", proved.map(Instant::toString).orElse("never"));
        info.settings().forEach((key, value) -> fields.put("Setting " + key, value));
        JsonObject json = Json.tree(info).getAsJsonObject();
        json.addProperty("databaseSize", bytes);
        json.add("backupProved", Json.tree(proved.orElse(null)));
        json.add("webSockets", Json.tree(sockets));
        json.add("limits", Json.tree(limits));
        output.fields(console, json, fields);
    }

    /** None while its database server does not answer. */
    private List<QuotaInfo> limits(InstanceId id) {
        try {
            return quotas.map(it -> it.of(id)).orElse(List.of());
        } catch (PlatformException e) {
            return List.of();
        }
    }

    private static String summary(WebSocketStatistics sockets) {
        return String.format(
                "%,d open, %,d opened, %,d refused, %,d too slow; messages %,d in, %,d out, %,d dropped",
                sockets.open(),
                sockets.opened(),
                sockets.refused(),
                sockets.slowClosed(),
                sockets.messagesIn(),
                sockets.messagesOut(),
                sockets.refusedMessages());
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "instance:start",
            description = "Start an instance, also one in quarantine; from now on it also starts with the platform.",
            footer = "%nExample: instance:start acme@example.com")
    void start(@Parameters(paramLabel = "INSTANCE", description = ID) String id, @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        Work.whole(() -> instances.start(instance));
        output.text(console, instance(instance), "Started " + instance + ".");
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "instance:stop",
            description = "Stop an instance, until it is started again.",
            footer = "%nExample: instance:stop acme@example.com")
    void stop(@Parameters(paramLabel = "INSTANCE", description = ID) String id, @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        Work.whole(() -> instances.stop(instance));
        output.text(console, instance(instance), "Stopped " + instance + ".");
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "instance:restart",
            description = "Stop an instance and start it.",
            footer = "%nExample: instance:restart acme@example.com")
    void restart(@Parameters(paramLabel = "INSTANCE", description = ID) String id, @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        Work.whole(() -> instances.exclusively(instance, () -> {
            instances.stop(instance);
            instances.start(instance);
            return null;
        }));
        output.text(console, instance(instance), "Restarted " + instance + ".");
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--path", "--keep-old-path", "--drop-old-paths", "--host", "--no-host"})
    @Command(
            name = "instance:edit",
            description = "Change an instance; a running one takes the change over, restarting if it must.",
            footer = {
                "%nExamples:",
                "  instance:edit acme@example.com --set quota=20G --unset motd",
                "  instance:edit acme@example.com --path /acme --keep-old-path 30d",
                "  instance:edit acme@example.com --host acme.example.com"
            })
    void edit(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id,
            @Option(names = "--path", paramLabel = "PATH", description = "Its new path on the webserver.") String path,
            @Option(
                            names = "--keep-old-path",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "Let the old path redirect to the new one for so long: 30d, 12h, 90m.")
                    Duration keepOldPath,
            @Option(names = "--drop-old-paths", description = "Let no old path redirect any more.")
                    boolean dropOldPaths,
            @Option(
                            names = "--host",
                            paramLabel = "HOST",
                            description = "A host name for it alone, such as acme.example.com.")
                    String host,
            @Option(names = "--no-host", description = "Give its host name up.") boolean noHost,
            @Option(
                            names = "--password",
                            paramLabel = "PASSWORD",
                            description = "Its new password; - reads it from standard input.")
                    String password,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = SETTING) Map<String, String> set,
            @Option(names = "--unset", paramLabel = "KEY", description = "A setting to remove.") List<String> unset,
            @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        if (host != null && noHost) {
            throw new UsageException("instance:edit: A host cannot be both given and given up.");
        }
        InstanceChange change = new InstanceChange(
                Optional.ofNullable(path),
                Optional.ofNullable(keepOldPath),
                dropOldPaths,
                noHost ? Optional.of("") : Optional.ofNullable(host),
                password(password),
                settings(set, unset),
                Optional.empty());
        if (change.equals(InstanceChange.NONE)) {
            throw new UsageException("instance:edit: Nothing to change was given. Try instance:edit --help");
        }
        InstanceInfo info = Work.whole(() -> instances.edit(instance, change));
        output.text(console, info, "Changed " + instance + ".");
    }

    /** A setting without a value is one to remove. */
    private static Map<String, String> settings(Map<String, String> set, List<String> unset) {
        Map<String, String> settings = new LinkedHashMap<>(set == null ? Map.of() : set);
        for (String key : unset == null ? List.<String>of() : unset) {
            if (settings.put(key, "") != null) {
                throw new UsageException("instance:edit: The setting " + key + " cannot be both set and removed.");
            }
        }
        return settings;
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "instance:set-password",
            description = "Give an instance a new password; clients may use the former one for a while.",
            footer = {
                "%nWithout --password a random one is made and shown, once.",
                "%nExamples:",
                "  instance:set-password acme@example.com --grace 2h",
                "  instance:set-password acme@example.com --password - --grace 0m"
            })
    void setPassword(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id,
            @Option(
                            names = "--password",
                            paramLabel = "PASSWORD",
                            description = "The new one; - reads it from standard input.")
                    String password,
            @Option(
                            names = "--grace",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            defaultValue = "10m",
                            description =
                                    "How long the former one is accepted: 10m, 12h, 7d; 0m is not at all. Default:"
                                            + " ${DEFAULT-VALUE}.")
                    Duration grace,
            @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        Optional<String> given = password(password);
        String now = Work.whole(() -> instances.setPassword(instance, given, grace));
        JsonObject json = new JsonObject();
        json.addProperty("instance", instance.toString());
        String text = "Changed the password of " + instance + ".";
        if (given.isEmpty()) {
            json.addProperty("password", now);
            text += "\nPassword  " + now + "  (shown only now)";
        }
        output.text(console, json, text);
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "instance:rotate-db-password",
            description = "Give the role of an instance's database a new password, while the instance goes on.",
            footer = {
                "%nNobody is shown it: only the platform logs in with it. Whoever else has the former one is cut off.",
                "%nExample: instance:rotate-db-password acme@example.com"
            })
    void rotateDatabasePassword(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id, @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        Work.whole(() -> instances.rotateDatabasePassword(instance));
        JsonObject json = new JsonObject();
        json.addProperty("rotated", instance.toString());
        output.text(console, json, "Changed the password of the database of " + instance + ".");
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:clone",
            description = "Make a new instance with the data and the settings of another, which goes on meanwhile.",
            footer = {
                "%nIt has a path and passwords of its own. Cut off, nothing is left of it.",
                "%nExamples:",
                "  instance:clone --plan acme@example.com copy@example.com",
                "  instance:clone acme@example.com copy@example.com",
                "  instance:clone acme@example.com copy@example.com --server big"
            })
    void cloneInstance(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id,
            @Parameters(paramLabel = "NEW", description = "The new one: name@domain.") String as,
            @Option(names = "--server", paramLabel = "SERVER", description = BackupVerbs.SERVER) String server,
            @Option(names = "--plan", description = "Only say what would be done and the space that it needs.")
                    boolean planOnly,
            @Mixin Output output) {
        Backups cloner = backups.orElseThrow(BackupCommands::backupsMissing);
        Optional<String> on = Optional.ofNullable(server);
        RestorePlan plan = BackupVerbs.told(() -> cloner.planClone(id, as, on));
        if (planOnly) {
            output.fields(console, Json.tree(plan), BackupVerbs.fields(plan));
            return;
        }
        output.message(console, Output.rows(BackupVerbs.fields(plan)));
        CloneResult result =
                BackupVerbs.work(() -> cloner.clone(id, as, on, BackupVerbs.progress(console, output, "")));
        output.text(
                console,
                Json.tree(result),
                String.format("%s is a copy of %s, with %,d rows.", as, id, result.rows()) + "\nPassword  "
                        + result.password() + "  (shown only now)");
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:move-database",
            description = "Move the database of an instance to another database server; it is stopped meanwhile.",
            footer = {
                "%nCut off, it is where it was. The former database is kept for a day.",
                "%nExample: instance:move-database acme@example.com pg1"
            })
    void moveDatabase(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id,
            @Parameters(paramLabel = "SERVER", description = "The server, as db:servers shows it.") String server,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask. Needed where nobody can be asked.")
                    boolean yes,
            @Mixin Output output) {
        InstanceInfo info = instance(InstanceId.parse(id));
        if (!yes) {
            confirm(
                    "instance:move-database: " + info.id() + " is stopped while its database is copied",
                    "Stop " + info.id() + " and move its database " + info.database() + " to " + server,
                    info,
                    "Nothing was moved.");
        }
        MovedDatabase moved = Work.cancellable(() ->
                instances.moveDatabase(info.id(), server, step -> output.progress(console, info.id() + ": " + step)));
        output.text(
                console,
                moved,
                String.format(
                        "Moved the database of %s from %s to %s: %,d rows; it was stopped for %.1f s. The former one is"
                                + " kept until %s.",
                        moved.id(),
                        moved.from(),
                        moved.to(),
                        moved.rows(),
                        moved.paused().toMillis() / 1000.0,
                        moved.keptUntil()));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:delete",
            description = "Stop an instance and remove it with its database and all its data.",
            footer = "%nExample: instance:delete acme@example.com")
    void delete(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask. Needed where nobody can be asked.")
                    boolean yes,
            @Mixin Output output) {
        InstanceInfo info = instance(InstanceId.parse(id));
        if (!yes) {
            confirm(
                    "instance:delete: This removes all data of " + info.id(),
                    "Remove " + info.id() + " with its database " + info.database() + " and all its data",
                    info,
                    "Nothing was deleted.");
        }
        Work.whole(() -> instances.delete(info.id()));
        JsonObject json = new JsonObject();
        json.addProperty("deleted", info.id().toString());
        output.text(console, json, "Deleted " + info.id() + ".");
    }

    private void confirm(String warning, String question, InstanceInfo info, String otherwise) {
        if (!console.interactive()) {
            throw new UsageException(warning + ". Give --yes if that is meant; there is no terminal to ask on.");
        }
        String answer = console.ask(question + "? Type its name to confirm: ");
        if (!answer.strip().equals(info.id().toString())) {
            throw PlatformException.conflict(otherwise);
        }
    }

    private Optional<String> password(String option) {
        return "-".equals(option) ? Optional.of(console.secret("Password: ")) : Optional.ofNullable(option);
    }

    private InstanceInfo instance(InstanceId id) {
        return instances
                .find(id)
                .orElseThrow(() -> PlatformException.notFound("There is no instance " + id + ". See instance:list."));
    }
}
