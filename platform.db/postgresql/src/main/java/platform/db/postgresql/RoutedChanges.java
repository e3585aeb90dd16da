package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import platform.db.api.Changes;
import platform.db.api.ChangesSince;
import platform.db.api.Dump;

/** Tells the changes of each database by the server that has it. */
record RoutedChanges(Servers servers) implements Changes {

    @Override
    public Optional<String> obstacle(String database) {
        return of(database).obstacle(database);
    }

    @Override
    public ChangesSince since(Dump dump) {
        return of(dump.info().database()).since(dump);
    }

    @Override
    public void apply(String database, InputStream changes) throws IOException {
        of(database).apply(database, changes);
    }

    private PostgresChanges of(String database) {
        return new PostgresChanges(servers.holding(database).sessions());
    }
}
