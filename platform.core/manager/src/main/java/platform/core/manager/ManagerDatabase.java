package platform.core.manager;

import java.util.Collections;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/** Opens the manager's own database, made at the first start. */
@Component(service = ManagerDatabase.class)
public final class ManagerDatabase {

    /** Its name, and that of its role. */
    static final String NAME = "manager";

    private static final int PASSWORD_LENGTH = 32;

    private final Databases databases;
    private final Database database;
    private final ManagerTables tables;

    @Activate
    public ManagerDatabase(BundleContext context, @Reference Databases databases) {
        this.databases = databases;
        Secrets secrets = new Secrets(PlatformFolders.of(context).createPrivate("secrets"));
        String password = secrets.getOrKeep("manager-database", () -> Secrets.newPassword(PASSWORD_LENGTH));
        DatabaseSpec spec = new DatabaseSpec(NAME, NAME, password);
        databases.createRole(spec);
        databases.createDatabase(spec);
        this.database = databases.open(spec);
        database.migrate(Collections.list(context.getBundle().findEntries("db/manager", "*.sql", false)));
        this.tables = new ManagerTables(database.dataSource(), new Seal(secrets));
    }

    @Deactivate
    void close() {
        database.close();
    }

    ManagerTables tables() {
        return tables;
    }

    AlarmTables alarms() {
        return new AlarmTables(database.dataSource());
    }

    /** The server that holds this database and those of the instances. */
    Databases databases() {
        return databases;
    }
}
