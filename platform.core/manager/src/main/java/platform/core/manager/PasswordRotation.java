package platform.core.manager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.PlatformException;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServers;

/**
 * Changes the passwords of the databases' roles. The new one is noted first, then given to the server, then kept; a start that
 * finds a note gives it to the server again. So manager and server agree, wherever it was cut off.
 */
final class PasswordRotation {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordRotation.class);

    private final ManagerTables tables;
    private final DatabaseServers servers;

    PasswordRotation(ManagerTables tables, DatabaseServers servers) {
        this.tables = tables;
        this.servers = servers;
    }

    /** To be called under the instance's lock. */
    void rotate(ManagedInstance instance) {
        InstanceRecord former = instance.record();
        InstanceRecord changed = former.withDatabasePassword(InstanceDefaults.newDatabasePassword());
        tables.noteDatabasePassword(changed);
        try {
            servers.on(changed.server()).changePassword(changed.databaseSpec());
        } catch (DatabaseException e) {
            throw PlatformException.failed(whatNow(former, e), e);
        }
        tables.keepDatabasePassword(changed);
        instance.replaceRecord(changed);
        LOG.info("{} has a new password for its database", former.id());
    }

    /** Whether the server took the new password is unknown: so it is given the former one again. */
    private String whatNow(InstanceRecord former, DatabaseException failure) {
        String what = "The password of the database of " + former.id() + " was not changed: " + failure.getMessage();
        try {
            servers.on(former.server()).changePassword(former.databaseSpec());
            tables.keepDatabasePassword(former);
            return what;
        } catch (DatabaseException | PlatformException e) {
            LOG.debug("Nor could the former password be set", e);
            return what + " Repeat it when the database server is back, before " + former.id() + " is restarted.";
        }
    }

    /** At a start, before any instance is loaded. */
    void finishWhatWasCutOff() {
        tables.begunRotations().forEach(this::finish);
    }

    /** What is on a server that is away stays noted. */
    private void finish(InstanceRecord changed) {
        try {
            servers.on(changed.server()).changePassword(changed.databaseSpec());
            tables.keepDatabasePassword(changed);
            LOG.warn(
                    "The password of the database of {} was being changed when the platform ended; now it is",
                    changed.id());
        } catch (DatabaseException e) {
            LOG.error(
                    "The password of the database of {} was being changed when the platform ended; that is left to the"
                            + " next start: {}",
                    changed.id(),
                    e.getMessage());
        }
    }
}
