package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import platform.db.api.Changes;
import platform.db.api.ChangesSince;
import platform.db.api.DatabaseException;
import platform.db.api.Dump;
import platform.db.api.FollowingCopy;

/** Changes as keys that go and rows that come; see {@link Snapshot} for how they are found. */
record PostgresChanges(Sessions sessions) implements Changes {

    private static final String OBSTACLES =
            "SELECT 'It has large objects.' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)"
                    + " UNION ALL SELECT 'It has materialized views.' WHERE EXISTS (SELECT FROM pg_class WHERE relkind = 'm')"
                    + " UNION ALL SELECT 'It has triggers that are never silent.'"
                    + " WHERE EXISTS (SELECT FROM pg_trigger WHERE tgenabled IN ('A', 'R'))";

    @Override
    public Optional<String> obstacle(String database) {
        try (ToolLogin login = ToolLogin.reader(sessions, database);
                Connection connection = login.connect()) {
            return Rows.first(connection, OBSTACLES, row -> row.getString(1));
        } catch (SQLException e) {
            throw new DatabaseException("Cannot look into the database '" + database + "': " + e.getMessage(), e);
        }
    }

    @Override
    public ChangesSince since(Dump dump) {
        return Snapshot.of(sessions, (PostgresDump) dump);
    }

    @Override
    public FollowingCopy follow(String database) {
        return ChangedCopy.of(sessions, database);
    }
}
