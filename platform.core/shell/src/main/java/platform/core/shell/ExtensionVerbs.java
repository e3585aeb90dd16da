package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceInfo;
import platform.core.api.Role;
import platform.db.api.ExtensionStatus;
import platform.db.api.Extensions;

/** The extensions of the instances' databases. */
final class ExtensionVerbs {

    private final CommandConsole console;
    private final InstanceDatabases databases;
    private final Extensions extensions;

    ExtensionVerbs(CommandConsole console, InstanceDatabases databases, Extensions extensions) {
        this.console = console;
        this.databases = databases;
        this.extensions = extensions;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "db:extension",
            description = "List the extensions that the database of an instance has or may have, or create one.",
            footer = {
                "%nAn instance may create the trusted ones itself; others only when the setting extensions in"
                        + " etc/platform.db.postgresql.cfg names them.",
                "%nExamples:",
                "  db:extension list acme@example.com",
                "  db:extension create acme@example.com hstore"
            })
    void extension(
            @Parameters(index = "0", paramLabel = "ACTION", description = "list or create.") String action,
            @Parameters(index = "1", paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Parameters(index = "2", arity = "0..1", paramLabel = "NAME", description = "The extension to create.")
                    String name,
            @Mixin Output output) {
        if (!List.of("list", "create").contains(action)) {
            throw new UsageException("db:extension: " + Table.quoted(action) + " is no action. Use list or create.");
        }
        if (action.equals("create") == (name == null)) {
            throw new UsageException(
                    "db:extension: create takes the NAME of an extension, list does not." + " Try db:extension --help");
        }
        if (name == null) {
            list(databases.instance(id), output);
        } else {
            create(databases.instance(id), name, output);
        }
    }

    private void list(InstanceInfo instance, Output output) {
        List<ExtensionStatus> found = InstanceDatabases.told(() -> extensions.list(instance.database()));
        Table table = new Table("EXTENSION", "INSTALLED", "AVAILABLE", "MAY HAVE IT", "WHAT FOR");
        found.forEach(it -> table.row(it.name(), it.installed().orElse(""), it.available(), may(it), it.comment()));
        output.list(console, found.stream().map(Json::tree).toList(), table);
    }

    private static String may(ExtensionStatus it) {
        return it.trusted() ? "trusted" : it.allowed() ? "allowed" : "no";
    }

    private void create(InstanceInfo instance, String name, Output output) {
        Work.whole(() -> InstanceDatabases.told(() -> {
            extensions.create(instance.database(), name);
            return null;
        }));
        JsonObject json = new JsonObject();
        json.addProperty("instance", instance.id().toString());
        json.addProperty("created", name);
        output.text(
                console, json, "The database of " + instance.id() + " has the extension " + Table.quoted(name) + ".");
    }
}
