package platform.core.shell;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.AccessEntry;
import platform.db.api.GrantedAccess;
import platform.db.api.HostAccess;

/** Who may log in to databases from other machines. */
final class AccessVerbs {

    private final CommandConsole console;
    private final InstanceDatabases databases;
    private final HostAccess access;

    AccessVerbs(CommandConsole console, InstanceDatabases databases, HostAccess access) {
        this.console = console;
        this.databases = databases;
        this.access = access;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "db:access",
            description = "Let other machines into the database of an instance, over TLS; or list who may come in.",
            footer = {
                "%nNobody may, until it is allowed. PostgreSQL has to listen for other machines: listen in"
                        + " etc/platform.db.postgresql.cfg, which takes a restart of the platform.",
                "%nExamples:",
                "  db:access allow acme@example.com 192.0.2.0/24 --expires 7d",
                "  db:access deny acme@example.com",
                "  db:access list"
            })
    void access(
            @Parameters(index = "0", paramLabel = "ACTION", description = "allow, deny or list.") String action,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "INSTANCE",
                            description = "The instance: name@domain.")
                    String id,
            @Parameters(
                            index = "2",
                            arity = "0..1",
                            paramLabel = "CIDR",
                            description = "An address or a network: 192.0.2.7, 2001:db8::/32. deny without it is all.")
                    String cidr,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "Allow it for so long: 7d, 12h, 90m. Default: until it is denied.")
                    Duration expires,
            @Mixin Output output) {
        if (expires != null && (!action.equals("allow") || expires.isZero())) {
            throw new UsageException("db:access: --expires takes more than nothing, and goes with allow.");
        }
        switch (action) {
            case "allow" -> allow(need(id, "INSTANCE"), need(cidr, "CIDR"), Optional.ofNullable(expires), output);
            case "deny" -> deny(need(id, "INSTANCE"), Optional.ofNullable(cidr), output);
            case "list" -> list(Optional.ofNullable(id), output);
            default ->
                throw new UsageException(
                        "db:access: " + Table.quoted(action) + " is no action. Use allow, deny or list.");
        }
    }

    private static String need(String argument, String label) {
        if (argument == null) {
            throw new UsageException("db:access: Missing required parameter: '" + label + "'. Try db:access --help");
        }
        return argument;
    }

    private void allow(String id, String cidr, Optional<Duration> lasts, Output output) {
        InstanceInfo instance = databases.instance(id);
        GrantedAccess granted = whole(() -> access.allow(instance.database(), cidr, lasts));
        AccessEntry entry = granted.entry();
        JsonObject json = json(Optional.of(instance.id()), entry);
        json.addProperty("port", granted.port());
        granted.password().ifPresent(password -> json.addProperty("password", password));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("From", entry.cidr());
        fields.put("Until", until(entry));
        fields.put("Port", granted.port());
        fields.put("Database", entry.database());
        fields.put("User", entry.role());
        fields.put(
                "Password",
                granted.password()
                        .map(password -> password + "  (shown only now)")
                        .orElse("as it was shown before"));
        fields.put("TLS", "required; sslmode=require or stricter");
        output.text(console, json, "Allowed access to " + instance.id() + ".\n" + Output.rows(fields));
    }

    private void deny(String id, Optional<String> cidr, Output output) {
        InstanceInfo instance = databases.instance(id);
        List<AccessEntry> gone = whole(() -> access.deny(instance.database(), cidr));
        if (gone.isEmpty()) {
            throw PlatformException.notFound("There is no such access to " + instance.id() + ". See db:access list.");
        }
        List<JsonObject> json =
                gone.stream().map(it -> json(Optional.of(instance.id()), it)).toList();
        output.text(
                console,
                json,
                "Denied access to " + instance.id() + " from "
                        + String.join(", ", gone.stream().map(AccessEntry::cidr).toList()) + ".");
    }

    private void list(Optional<String> id, Output output) {
        Optional<String> only = id.map(name -> databases.instance(name).database());
        Map<String, InstanceId> instances = databases.byDatabase();
        List<AccessEntry> found = InstanceDatabases.told(access::list).stream()
                .filter(it -> only.map(it.database()::equals).orElse(true))
                .toList();
        Table table = new Table("INSTANCE", "DATABASE", "FROM", "USER", "SINCE", "UNTIL");
        found.forEach(it -> table.row(
                Optional.ofNullable(instances.get(it.database()))
                        .map(InstanceId::toString)
                        .orElse(""),
                it.database(),
                it.cidr(),
                it.role(),
                DatabaseText.time(it.since()),
                until(it)));
        output.list(
                console,
                found.stream()
                        .map(it -> json(Optional.ofNullable(instances.get(it.database())), it))
                        .toList(),
                table);
    }

    private static String until(AccessEntry entry) {
        return entry.expires().map(DatabaseText::time).orElse("it is denied");
    }

    private static JsonObject json(Optional<InstanceId> instance, AccessEntry entry) {
        JsonObject json = Json.tree(entry).getAsJsonObject();
        instance.ifPresent(id -> json.addProperty("instance", id.toString()));
        return json;
    }

    private static <T> T whole(Supplier<T> work) {
        return Work.whole(() -> InstanceDatabases.told(work));
    }
}
