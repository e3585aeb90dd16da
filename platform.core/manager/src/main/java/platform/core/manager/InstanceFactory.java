package platform.core.manager;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import platform.core.api.Alarms;
import platform.core.api.PlatformException;
import platform.core.instance.SerialExecutor;
import platform.core.instance.Workers;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServers;
import platform.db.api.Databases;
import platform.webserver.api.PathAliases;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebPath;
import platform.webserver.api.Webserver;
import platform.webserver.api.WebserverException;

/** Brings instances into being: out of a record that is kept already, or wholly new. */
final class InstanceFactory {

    private final PlatformFolders folders;
    private final DatabaseServers servers;
    private final Webserver webserver;
    private final Workers workers;
    private final Supervision supervision;
    private final Alarms alarms;
    private final Clock clock;
    private final Provisioner provisioner;

    InstanceFactory(
            PlatformFolders folders,
            DatabaseServers servers,
            Webserver webserver,
            Workers workers,
            Supervision supervision,
            Alarms alarms,
            Clock clock,
            Provisioner provisioner) {
        this.folders = folders;
        this.servers = servers;
        this.webserver = webserver;
        this.workers = workers;
        this.supervision = supervision;
        this.alarms = alarms;
        this.clock = clock;
        this.provisioner = provisioner;
    }

    /**
     * The instance of a record that the manager's database holds.
     *
     * @throws PlatformException CONFLICT when its path cannot be had
     */
    ManagedInstance load(InstanceRecord record) {
        SerialExecutor executor = newExecutor(record);
        return manage(record, executor, open(record, executor));
    }

    /**
     * Provisions a new instance, whole or not at all. The path is reserved first: in memory, so that a crash leaves nothing
     * of it.
     *
     * @throws PlatformException CONFLICT when something of it is taken, or FAILED
     */
    ManagedInstance make(InstanceRecord record, FirstContent first) {
        SerialExecutor executor = newExecutor(record);
        WebPath path = open(record, executor);
        try {
            provisioner.create(record, first);
            return manage(record, executor, path);
        } catch (DatabaseException e) {
            path.close();
            throw PlatformException.failed(record.id() + " could not be made: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            path.close();
            throw e;
        }
    }

    /** Opens the record's path, which answers 503 until it is activated. */
    private WebPath open(InstanceRecord record, SerialExecutor executor) {
        return open(record, executor, record.aliases());
    }

    /**
     * Opens a path for an instance that has another one still, to which its former paths lead. The host leads to both: it is
     * at no time one where everything is served.
     */
    WebPath openNext(InstanceRecord record, SerialExecutor executor) {
        return open(record, executor, new PathAliases(record.host(), Map.of()));
    }

    private WebPath open(InstanceRecord record, SerialExecutor executor, PathAliases aliases) {
        try {
            return webserver.open(new PathSpec(
                    record.path(),
                    record.id().toString(),
                    record.app(),
                    executor.unlimited(),
                    aliases,
                    executor::failed));
        } catch (WebserverException e) {
            throw new PlatformException(PlatformException.Kind.CONFLICT, e.getMessage(), e);
        }
    }

    /**
     * @throws PlatformException CONFLICT when the record's id, path or database is taken, INVALID when its path or host
     *     cannot be had
     */
    void checkFree(InstanceRecord record, Collection<ManagedInstance> others) {
        for (ManagedInstance other : others) {
            checkApart(record, other.record());
        }
        if (databases(record).isTaken(record.database())) {
            throw PlatformException.conflict("There is already a database or role named " + record.database()
                    + " on the server. Choose another one, or remove it.");
        }
        checkPath(record, others);
        checkHost(record);
    }

    private Databases databases(InstanceRecord record) {
        try {
            return servers.on(record.server());
        } catch (DatabaseException e) {
            throw new PlatformException(PlatformException.Kind.INVALID, e.getMessage() + ".", e);
        }
    }

    private static void checkApart(InstanceRecord record, InstanceRecord other) {
        if (other.id().equals(record.id())) {
            throw PlatformException.conflict("There is already an instance " + record.id() + ". Choose another name.");
        }
        if (other.database().equals(record.database())) {
            throw PlatformException.conflict(
                    "The database " + record.database() + " belongs to " + other.id() + ". Choose another one.");
        }
    }

    /**
     * @throws PlatformException CONFLICT when the record's path is another instance's, INVALID when it is malformed or
     *     reserved
     */
    void checkPath(InstanceRecord record, Collection<ManagedInstance> others) {
        String path = record.path();
        for (ManagedInstance other : others) {
            if (other.record().path().equals(path)) {
                throw PlatformException.conflict(
                        "The path " + path + " belongs to " + other.record().id() + ". Choose another one.");
            }
        }
        try {
            webserver.check(path, record.id().toString());
        } catch (WebserverException e) {
            throw new PlatformException(PlatformException.Kind.INVALID, e.getMessage(), e);
        }
    }

    /**
     * @throws PlatformException INVALID when the record's host is malformed or another instance's
     */
    void checkHost(InstanceRecord record) {
        try {
            record.host()
                    .ifPresent(host -> webserver.checkHost(host, record.id().toString()));
        } catch (WebserverException e) {
            throw new PlatformException(PlatformException.Kind.INVALID, e.getMessage(), e);
        }
    }

    SerialExecutor newExecutor(InstanceRecord record) {
        return new SerialExecutor(record.id().toString(), workers);
    }

    /** What a record's instance lives on, its folder made if it is not there. */
    InstanceResources resources(InstanceRecord record, SerialExecutor executor, WebPath path) {
        Path folder = folders.create(Provisioner.folder(record));
        return new InstanceResources(servers, path, executor, supervision, alarms, clock, folder);
    }

    private ManagedInstance manage(InstanceRecord record, SerialExecutor executor, WebPath path) {
        return new ManagedInstance(record, resources(record, executor, path));
    }
}
