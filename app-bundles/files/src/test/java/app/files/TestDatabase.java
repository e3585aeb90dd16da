package app.files;

import java.util.List;
import platform.db.api.Database;
import platform.db.postgresql.TestPostgres;

/** An instance's database as the platform gives it: a small pool, and the migrations of the app applied. */
final class TestDatabase {

    private TestDatabase() {}

    static Database open() {
        Database database = TestPostgres.databases().open(TestPostgres.newDatabase());
        database.migrate(List.of(FilesApp.class.getResource("/db/migration/V1__files.sql")));
        return database;
    }
}
