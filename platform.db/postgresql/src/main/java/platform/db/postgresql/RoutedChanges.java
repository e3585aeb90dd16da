package platform.db.postgresql;

import java.util.Optional;
import platform.db.api.Changes;
import platform.db.api.ChangesSince;
import platform.db.api.Dump;
import platform.db.api.FollowingCopy;

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
    public FollowingCopy follow(String database) {
        return of(database).follow(database);
    }

    private PostgresChanges of(String database) {
        return new PostgresChanges(servers.holding(database).sessions());
    }
}
