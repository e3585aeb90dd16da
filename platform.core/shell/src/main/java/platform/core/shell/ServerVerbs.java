package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.Role;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseServers;

/** What is known of the database servers. */
final class ServerVerbs {

    private final CommandConsole console;
    private final Optional<Instances> instances;
    private final DatabaseServers servers;

    ServerVerbs(CommandConsole console, Optional<Instances> instances, DatabaseServers servers) {
        this.console = console;
        this.instances = instances;
        this.servers = servers;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "db:servers",
            description = "List the database servers: whether they can be reached, and how much is on them.",
            footer = {"%nServers are added by db:server; see docs/database.md.", "%nExample: db:servers -o json"})
    void servers(@Mixin Output output) {
        Map<String, Long> counts = instances.map(Instances::list).orElse(List.of()).stream()
                .collect(Collectors.groupingBy(InstanceInfo::server, Collectors.counting()));
        List<DatabaseServer> found = servers.list();
        Table table = new Table("SERVER", "KIND", "ADDRESS", "VERSION", "DATABASES", "INSTANCES", "STATE");
        List<JsonObject> json = new ArrayList<>();
        for (DatabaseServer it : found) {
            long count = counts.getOrDefault(it.name(), 0L);
            table.row(
                    it.name() + (it.isDefault() ? " (default)" : ""),
                    it.isEmbedded() ? "embedded" : "external",
                    it.address(),
                    it.version(),
                    it.isReachable() ? it.databases() : "",
                    count,
                    it.isReachable() ? "reachable" : it.problem());
            JsonObject one = Json.tree(it).getAsJsonObject();
            one.addProperty("instances", count);
            json.add(one);
        }
        output.list(console, json, table);
    }
}
