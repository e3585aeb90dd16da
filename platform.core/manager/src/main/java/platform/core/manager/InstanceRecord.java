package platform.core.manager;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import platform.core.api.InstanceId;
import platform.core.api.TraceFlag;
import platform.db.api.DatabaseSpec;
import platform.webserver.api.PathAliases;

/** What the manager keeps of an instance, its secrets in the clear: it never leaves the manager. */
record InstanceRecord(
        InstanceId id,
        String app,
        String path,
        String database,
        String password,
        String databasePassword,
        Map<String, String> settings,
        boolean wanted,
        Instant created,
        Optional<String> host,
        Map<String, Instant> formerPaths,
        Optional<FormerPassword> formerPassword,
        String server,
        Set<TraceFlag> trace) {

    DatabaseSpec databaseSpec() {
        return new DatabaseSpec(database, database, databasePassword);
    }

    InstanceRecord withId(InstanceId newId) {
        return with(draft -> draft.id = newId);
    }

    InstanceRecord withPath(String newPath) {
        return with(draft -> draft.path = newPath);
    }

    /** With another path, to which the one that it has redirects for a while. */
    InstanceRecord movedTo(String newPath, Instant redirectUntil) {
        Map<String, Instant> paths = new HashMap<>(formerPaths);
        paths.put(path, redirectUntil);
        paths.remove(newPath);
        return withPath(newPath).withAliases(host, Map.copyOf(paths));
    }

    InstanceRecord withPassword(String newPassword) {
        return with(draft -> draft.password = newPassword);
    }

    InstanceRecord withDatabasePassword(String newPassword) {
        return with(draft -> draft.databasePassword = newPassword);
    }

    InstanceRecord withSettings(Map<String, String> newSettings) {
        return with(draft -> draft.settings = newSettings);
    }

    InstanceRecord withWanted(boolean newWanted) {
        return with(draft -> draft.wanted = newWanted);
    }

    InstanceRecord withAliases(Optional<String> newHost, Map<String, Instant> newFormerPaths) {
        return with(draft -> {
            draft.host = newHost;
            draft.formerPaths = newFormerPaths;
        });
    }

    InstanceRecord withFormerPassword(Optional<FormerPassword> newFormer) {
        return with(draft -> draft.formerPassword = newFormer);
    }

    InstanceRecord withServer(String newServer) {
        return with(draft -> draft.server = newServer);
    }

    InstanceRecord withTrace(Set<TraceFlag> newTrace) {
        return with(draft -> draft.trace = newTrace);
    }

    private InstanceRecord with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new InstanceRecord(
                draft.id,
                app,
                draft.path,
                database,
                draft.password,
                draft.databasePassword,
                draft.settings,
                draft.wanted,
                created,
                draft.host,
                draft.formerPaths,
                draft.formerPassword,
                draft.server,
                draft.trace);
    }

    /** What can be changed of a record. */
    private static final class Draft {
        private InstanceId id;
        private String path;
        private String password;
        private String databasePassword;
        private Map<String, String> settings;
        private boolean wanted;
        private Optional<String> host;
        private Map<String, Instant> formerPaths;
        private Optional<FormerPassword> formerPassword;
        private String server;
        private Set<TraceFlag> trace;

        Draft(InstanceRecord record) {
            id = record.id;
            path = record.path;
            password = record.password;
            databasePassword = record.databasePassword;
            settings = record.settings;
            wanted = record.wanted;
            host = record.host;
            formerPaths = record.formerPaths;
            formerPassword = record.formerPassword;
            server = record.server;
            trace = record.trace;
        }
    }

    /** Without the former paths and the former password whose time is over then. */
    InstanceRecord asOf(Instant now) {
        Map<String, Instant> left = new HashMap<>(formerPaths);
        left.values().removeIf(until -> !until.isAfter(now));
        return withAliases(host, Map.copyOf(left))
                .withFormerPassword(formerPassword.filter(it -> it.until().isAfter(now)));
    }

    /** What leads to its path besides itself. */
    PathAliases aliases() {
        return new PathAliases(host, formerPaths);
    }

    @Override
    public String toString() {
        return "InstanceRecord[" + id + ", app=" + app + ", path=" + path + "]";
    }
}
