package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import platform.core.api.InstanceId;
import platform.core.api.Instances;
import platform.core.api.Role;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.DiskSpace;
import platform.db.api.DiskStatus;

/** What can be asked about the disk. */
final class DiskVerbs {

    private static final int LARGEST = 10;

    private final CommandConsole console;
    private final DiskSpace disk;
    private final Optional<Instances> instances;
    private final Optional<DatabaseStatistics> statistics;

    DiskVerbs(
            CommandConsole console,
            DiskSpace disk,
            Optional<Instances> instances,
            Optional<DatabaseStatistics> statistics) {
        this.console = console;
        this.disk = disk;
        this.instances = instances;
        this.statistics = statistics;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "platform:disk",
            description =
                    "Show how much room the disk of the data folder has, and which of the databases on it are the largest.",
            footer = {
                "%nOK: there is room. LOW: there is an alarm. VERY_LOW: logs, backups and dumps do not grow. FULL: the"
                        + " databases take no writes, and the reserve is given up.",
                "%nExample: platform:disk -o json"
            })
    void disk(@Mixin Output output) {
        DiskStatus it = disk.status();
        List<DatabaseStatus> largest = largest();
        Map<String, InstanceId> owners =
                instances.map(i -> new InstanceDatabases(i).byDatabase()).orElse(Map.of());
        JsonObject json = Json.tree(it).getAsJsonObject();
        json.addProperty("room", it.room());
        json.addProperty("missing", it.missing());
        json.add("largest", Json.tree(largest));
        output.fields(console, json, fields(it));
        Table table = new Table("DATABASE", "INSTANCE", "SIZE");
        largest.forEach(each -> table.row(each.name(), owner(owners, each), DatabaseText.bytes(each.bytes())));
        output.message(console, "\n" + console.screen().map(table::text).orElseGet(table::text));
    }

    /** What is on other servers takes none of this disk. */
    private List<DatabaseStatus> largest() {
        return statistics.map(it -> InstanceDatabases.told(it::databases)).orElse(List.of()).stream()
                .filter(DatabaseStatus::isEmbedded)
                .sorted(Comparator.comparingLong(DatabaseStatus::bytes).reversed())
                .limit(LARGEST)
                .toList();
    }

    private static String owner(Map<String, InstanceId> owners, DatabaseStatus database) {
        return Optional.ofNullable(owners.get(database.name()))
                .map(InstanceId::toString)
                .orElse("");
    }

    private static Map<String, Object> fields(DiskStatus it) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Level", it.level());
        fields.put("Size", DatabaseText.bytes(it.total()));
        fields.put("Usable", DatabaseText.bytes(it.usable()));
        fields.put("Reserve", DatabaseText.bytes(it.reserve()) + " of " + DatabaseText.bytes(it.wholeReserve()));
        fields.put("Room", DatabaseText.bytes(it.room()) + ", beside the whole reserve");
        fields.put("To be freed", it.missing() == 0 ? "" : DatabaseText.bytes(it.missing()));
        fields.put("Low below", DatabaseText.bytes(it.low()));
        fields.put("Very low below", DatabaseText.bytes(it.veryLow()));
        fields.put("Full below", DatabaseText.bytes(it.full()));
        return fields;
    }
}
