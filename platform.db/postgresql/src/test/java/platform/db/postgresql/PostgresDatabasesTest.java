package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/** Roles and databases, on a real server. */
class PostgresDatabasesTest {

    private final Databases databases = TestPostgres.databases();

    @Test
    void aNewDatabaseAcceptsItsRole() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
