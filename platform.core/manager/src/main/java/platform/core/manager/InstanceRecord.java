package platform.core.manager;

import java.time.Instant;
import java.util.Map;
import platform.core.api.InstanceId;
import platform.db.api.DatabaseSpec;

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
        Instant created) {

    DatabaseSpec databaseSpec() {
        return new DatabaseSpec(database, database, databasePassword);
    }

    InstanceRecord withPath(String newPath) {
        return new InstanceRecord(id, app, newPath, database, password, databasePassword, settings, wanted, created);
    }

    InstanceRecord withPassword(String newPassword) {
        return new InstanceRecord(id, app, path, database, newPassword, databasePassword, settings, wanted, created);
    }

    InstanceRecord withSettings(Map<String, String> newSettings) {
        return new InstanceRecord(id, app, path, database, password, databasePassword, newSettings, wanted, created);
    }

    InstanceRecord withWanted(boolean newWanted) {
        return new InstanceRecord(id, app, path, database, password, databasePassword, settings, newWanted, created);
    }

    @Override
    public String toString() {
        return "InstanceRecord[" + id + ", app=" + app + ", path=" + path + "]";
    }
}
