package platform.db.postgresql;

import java.util.List;
import platform.db.api.ExtensionStatus;
import platform.db.api.Extensions;

/** The extensions of each database, on the server that has it. */
record RoutedExtensions(Servers servers) implements Extensions {

    @Override
    public List<ExtensionStatus> list(String database) {
        return servers.holding(database).extensions().list(database);
    }

    @Override
    public void create(String database, String name) {
        servers.holding(database).extensions().create(database, name);
    }
}
