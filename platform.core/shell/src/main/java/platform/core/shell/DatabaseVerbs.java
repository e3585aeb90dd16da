package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.LockWait;
import platform.db.api.Maintenance;
import platform.db.api.MaintenanceResult;
import platform.db.api.TableStatus;

/** What can be done with the instances' databases. */
final class DatabaseVerbs {

    private static final String ID = "The instance: name@domain.";
    private static final String IDS = "The instances: name@domain.";

    private final CommandConsole console;
    private final InstanceDatabases databases;
    private final DatabaseStatistics statistics;
    private final Maintenance maintenance;

    DatabaseVerbs(
            CommandConsole console,
            InstanceDatabases databases,
            DatabaseStatistics statistics,
            Maintenance maintenance) {
        this.console = console;
        this.databases = databases;
        this.statistics = statistics;
        this.maintenance = maintenance;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "db:list",
            description = "List the databases with server, size, connections, cache hits, and what holds them up.",
            footer = "%nExample: db:list -o json")
    void list(@Mixin Output output) {
        Map<String, InstanceId> instances = databases.byDatabase();
        List<DatabaseStatus> found = InstanceDatabases.told(statistics::databases);
        Table table = new Table(
                "DATABASE", "INSTANCE", "SERVER", "SIZE", "CONNECTIONS", "CACHE HIT", "TRANSACTION", "WAITING");
        found.forEach(it -> table.row(
                it.name(),
                owner(instances, it),
                it.server(),
                DatabaseText.bytes(it.bytes()),
                it.connections(),
                DatabaseText.percent(it.cacheHitRatio()),
                it.longestTransaction().map(DatabaseText::seconds).orElse(""),
                it.waitingLocks()));
        output.list(console, found.stream().map(it -> json(instances, it)).toList(), table);
        statistics
                .away()
                .forEach((server, problem) -> console.warn(
                        "The database server '" + server + "' is away; what is on it is not listed: " + problem));
    }

    /** Not each database is an instance's: the manager has its own. */
    private static String owner(Map<String, InstanceId> instances, DatabaseStatus it) {
        return Optional.ofNullable(instances.get(it.name()))
                .map(InstanceId::toString)
                .orElse("");
    }

    private static JsonObject json(Map<String, InstanceId> instances, DatabaseStatus it) {
        JsonObject json = Json.tree(it).getAsJsonObject();
        json.addProperty("instance", owner(instances, it));
        return json;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "db:info",
            description = "Show how the database of an instance stands: sizes, bloat, vacuum, locks.",
            footer = {
                "%nBloat is an estimate. db:vacuum makes room inside the database, db:vacuum --full gives it back to the"
                        + " disk.",
                "%nExample: db:info acme@example.com --tables"
            })
    void info(
            @Parameters(paramLabel = "INSTANCE", description = ID) String id,
            @Option(names = "--tables", description = "List its tables, too, the largest first.") boolean tables,
            @Mixin Output output) {
        InstanceInfo instance = databases.instance(id);
        DatabaseStatus it = InstanceDatabases.told(() -> statistics.database(instance.database()))
                .orElseThrow(() -> PlatformException.notFound(
                        "The server has no database " + Table.quoted(instance.database()) + " for " + id + "."));
        List<TableStatus> its = InstanceDatabases.told(() -> statistics.tables(instance.database()));
        List<LockWait> waits = InstanceDatabases.told(() -> statistics.lockWaits(instance.database()));
        JsonObject json = Json.tree(it).getAsJsonObject();
        json.addProperty("instance", instance.id().toString());
        json.add("tables", Json.tree(its));
        json.add("lockWaits", Json.tree(waits));
        Map<String, Object> fields = DatabaseText.fields(instance.id(), it, its, waits);
        output.fields(console, json, fields);
        if (tables) {
            Table table = DatabaseText.tables(its);
            output.message(console, "\n" + console.screen().map(table::text).orElseGet(table::text));
        }
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--all"})
    @Command(
            name = "db:vacuum",
            description = "Remove old versions of rows from databases, and make their statistics anew.",
            footer = {
                "%nWithout --full the instances go on as always. With it one table after the other is rewritten, and"
                        + " who wants to use it waits; it needs as much room as the largest table with its indexes.",
                "%nExamples:",
                "  db:vacuum acme@example.com",
                "  db:vacuum --full --all"
            })
    void vacuum(
            @Parameters(paramLabel = "INSTANCE", arity = "0..*", description = IDS) List<String> ids,
            @Option(names = "--all", description = "All instances.") boolean all,
            @Option(names = "--full", description = "Give the room back to the disk.") boolean full,
            @Mixin Output output) {
        maintain(
                databases.chosen("db:vacuum", ids, all),
                "Vacuumed",
                (database, progress) -> maintenance.vacuum(database, full, progress),
                output);
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--all"})
    @Command(
            name = "db:reindex",
            description = "Make the indexes of databases anew.",
            footer = {
                "%nWith --concurrently the instances go on as always; without it who wants to write into the table"
                        + " that is at hand waits.",
                "%nExamples:",
                "  db:reindex --concurrently acme@example.com",
                "  db:reindex --all"
            })
    void reindex(
            @Parameters(paramLabel = "INSTANCE", arity = "0..*", description = IDS) List<String> ids,
            @Option(names = "--all", description = "All instances.") boolean all,
            @Option(names = "--concurrently", description = "Let writers go on meanwhile; takes longer.")
                    boolean concurrently,
            @Mixin Output output) {
        maintain(
                databases.chosen("db:reindex", ids, all),
                "Reindexed",
                (database, progress) -> maintenance.reindex(database, concurrently, progress),
                output);
    }

    /** What is done with a database. */
    private interface Task {
        MaintenanceResult on(String database, Consumer<String> progress);
    }

    /** What fails for one instance does not keep the others from their turn. */
    private void maintain(List<InstanceInfo> chosen, String done, Task task, Output output) {
        List<JsonObject> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Table table = new Table("INSTANCE", "TABLES", "BEFORE", "AFTER", "TIME", "SKIPPED");
        for (InstanceInfo instance : chosen) {
            try {
                MaintenanceResult it = Work.cancellable(() -> InstanceDatabases.told(() ->
                        task.on(instance.database(), step -> output.progress(console, instance.id() + ": " + step))));
                table.row(
                        instance.id(),
                        it.tables(),
                        DatabaseText.bytes(it.bytesBefore()),
                        DatabaseText.bytes(it.bytesAfter()),
                        DatabaseText.seconds(it.took()),
                        it.skipped().size());
                JsonObject json = Json.tree(it).getAsJsonObject();
                json.addProperty("instance", instance.id().toString());
                results.add(json);
            } catch (PlatformException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failures.add(instance.id() + ": " + e.getMessage());
            }
        }
        output.list(console, results, table);
        if (!failures.isEmpty()) {
            throw PlatformException.failed(
                    done + " " + results.size() + " of " + chosen.size() + " databases.\n"
                            + String.join("\n", failures),
                    null);
        }
    }
}
