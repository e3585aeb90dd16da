package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.db.api.DatabaseException;
import platform.db.api.ServerRegistration;
import platform.db.api.ServerRegistry;
import platform.db.api.ServerUse;

/** Keeps the settings of servers in the files that could be written by hand. */
@Component
public final class KeptServers implements ServerRegistry {

    private final Servers servers;
    private final ServerFiles files;
    private final Optional<ServerUse> use;

    @Activate
    public KeptServers(
            BundleContext context,
            @Reference Servers servers,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ServerUse use) {
        this(Path.of(context.getProperty("platform.data")).toAbsolutePath(), servers, Optional.ofNullable(use));
    }

    KeptServers(Path data, Servers servers, Optional<ServerUse> use) {
        this.servers = servers;
        this.files = new ServerFiles(data);
        this.use = use;
    }

    @Override
    public synchronized void put(ServerRegistration server) {
        mustNotBeDefault(server.name());
        ServerSettings.mustBeName(server.name());
        try (ServerDraft draft = new ServerDraft(files, server)) {
            ServerSettings trial = draft.write();
            ExternalServer tried = files.login(trial, draft.trialSecret());
            tried.look();
            servers.mustBeNew(tried);
            servers.replace(draft.keep());
        } catch (IOException e) {
            throw new DatabaseException(
                    "The settings of the database server '" + server.name() + "' cannot be written: " + e, e);
        }
    }

    @Override
    public synchronized void remove(String name) {
        mustNotBeDefault(name);
        if (!files.names().contains(name)) {
            throw new DatabaseException(
                    "There is no database server '" + name + "': db:servers shows those that there are");
        }
        mustBeUnused(name);
        try {
            Files.deleteIfExists(files.secret(name));
            Files.deleteIfExists(files.settings(name));
            Files.deleteIfExists(files.authorities(name));
        } catch (IOException e) {
            throw new DatabaseException(
                    "The settings of the database server '" + name + "' cannot be removed: " + e, e);
        }
        servers.remove(name);
    }

    private void mustNotBeDefault(String name) {
        if (name.equals(servers.defaultName())) {
            throw new DatabaseException(
                    "'" + name + "' is the default database server, whose settings are read when the"
                            + " platform starts: see db in etc/platform.db.postgresql.cfg");
        }
    }

    private void mustBeUnused(String name) {
        List<String> users = use.orElseThrow(() -> new DatabaseException("Which instances are on the database server '"
                        + name + "' is not known while the manager's" + " database is away: try again when it is back"))
                .on(name);
        if (!users.isEmpty()) {
            throw new DatabaseException("The database server '" + name
                    + "' is not forgotten, since it has the databases of "
                    + users.size() + (users.size() == 1 ? " instance" : " instances") + ", such as " + users.get(0)
                    + ": move them first (instance:move-database), or delete them");
        }
    }
}
