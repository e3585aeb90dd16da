package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.DatabaseException;
import platform.db.api.ServerRegistration;
import platform.db.api.ServerRegistry;

/** The database servers that somebody else runs. */
final class RegistryVerbs {

    private final CommandConsole console;
    private final ServerRegistry registry;

    RegistryVerbs(CommandConsole console, ServerRegistry registry) {
        this.console = console;
        this.registry = registry;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "db:server",
            description = "Add, change or forget a database server that somebody else runs.",
            footer = {
                "%nA server is logged in to before anything changes. One that is there is replaced; without --password or",
                "--ca those that it has stay. Who forgets one moves its instances first; what else is on it stays there.",
                "%nExamples:",
                "  db:server add pg1 --host pg1.example.com --user platform_admin --password - --ca /root/ca.pem",
                "  db:server remove pg1"
            })
    void server(
            @Parameters(index = "0", paramLabel = "ACTION", description = "add or remove.") String action,
            @Parameters(index = "1", paramLabel = "SERVER", description = "Lower-case letters, digits and hyphens.")
                    String name,
            @Mixin Setting setting,
            @Mixin Output output) {
        switch (action) {
            case "add" -> add(name, setting, output);
            case "remove" -> remove(name, setting, output);
            default ->
                throw new UsageException("db:server: " + Table.quoted(action) + " is no action. Use add or remove.");
        }
    }

    /** What belongs to a server that is added. */
    static final class Setting {

        @Option(names = "--host", paramLabel = "HOST", description = "Its name or address.")
        private String host;

        @Option(names = "--port", paramLabel = "PORT", description = "Where it listens. Default: 5432.")
        private Integer port;

        @Option(
                names = "--tls",
                paramLabel = "TLS",
                description = "verify-full, verify-ca, require or disable. Default: verify-full.")
        private String tls;

        @Option(
                names = "--ca",
                paramLabel = "FILE",
                description = "The whole path of a PEM file with the authorities that vouch for it; it is copied.")
        private String authorities;

        @Option(names = "--user", paramLabel = "LOGIN", description = "A login that may create roles and databases.")
        private String user;

        @Option(
                names = "--password",
                paramLabel = "PASSWORD",
                description = "The login's password; - reads it from standard input.")
        private String password;

        @Option(
                names = "--connections",
                paramLabel = "COUNT",
                description = "How many the platform may have there. Default: all that the server has.")
        private Integer connections;

        private boolean isGiven() {
            return host != null
                    || port != null
                    || tls != null
                    || authorities != null
                    || user != null
                    || password != null
                    || connections != null;
        }
    }

    private void add(String name, Setting setting, Output output) {
        if (setting.host == null || setting.user == null) {
            throw new UsageException("db:server: add needs --host and --user. Try db:server --help");
        }
        ServerRegistration server = new ServerRegistration(
                name,
                setting.host,
                Optional.ofNullable(setting.port).orElse(ServerRegistration.USUAL_PORT),
                Optional.ofNullable(setting.tls).orElse(ServerRegistration.USUAL_TLS),
                Optional.ofNullable(setting.authorities).map(file -> HostFile.text("db:server", file, "")),
                setting.user,
                "-".equals(setting.password)
                        ? Optional.of(console.secret("Password: "))
                        : Optional.ofNullable(setting.password),
                Optional.ofNullable(setting.connections).orElse(0));
        changing(() -> registry.put(server));
        JsonObject json = new JsonObject();
        json.addProperty("added", name);
        output.text(
                console,
                json,
                "The database server " + name + " can be used: instance:create ... --server " + name
                        + ", or instance:move-database INSTANCE " + name);
    }

    private void remove(String name, Setting setting, Output output) {
        if (setting.isGiven()) {
            throw new UsageException("db:server: Options such as --host go with add only.");
        }
        changing(() -> registry.remove(name));
        JsonObject json = new JsonObject();
        json.addProperty("removed", name);
        output.text(console, json, "There is no database server " + name + " any more. What is on it stays there.");
    }

    private static void changing(Runnable change) {
        Work.whole(() -> {
            try {
                change.run();
                return null;
            } catch (DatabaseException e) {
                throw PlatformException.failed(e.getMessage() + ".", e);
            }
        });
    }
}
