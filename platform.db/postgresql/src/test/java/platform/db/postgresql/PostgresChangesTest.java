package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import platform.db.api.Changes;
import platform.db.api.ChangesSince;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Dump;
import platform.db.api.FollowingCopy;

/** A database goes on while it is copied, and its copy catches up. */
class PostgresChangesTest {

    /** What a change may stumble over. */
    private static final String WORLD = """
            CREATE SCHEMA "o d";
            CREATE TABLE customer (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE,
                upper_name text GENERATED ALWAYS AS (upper(name)) STORED, touched int DEFAULT 0);
            INSERT INTO customer (name) SELECT 'n' || i || E'\\\\ \\n \\t é' FROM generate_series(1, 500) i;
            CREATE TABLE "o d"."or""der" ("a b" int, "SELECT" text, customer int REFERENCES customer ON DELETE CASCADE,
                PRIMARY KEY ("SELECT", "a b") INCLUDE (customer));
            INSERT INTO "o d"."or""der" SELECT i, 'x', i FROM generate_series(1, 100) i;
            CREATE TABLE log (line text);
            INSERT INTO log VALUES ('first'), ('first');
            CREATE TABLE quiet (line text);
            CREATE TABLE emptied (id int PRIMARY KEY);
            INSERT INTO emptied VALUES (1), (2);
            CREATE TABLE event (at date, id int, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
            CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE event_rest PARTITION OF event DEFAULT;
            INSERT INTO event SELECT date '2025-06-01' + i, i FROM generate_series(1, 400) i;
            CREATE TABLE hidden (id int PRIMARY KEY, secret text);
            ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
            ALTER TABLE hidden FORCE ROW LEVEL SECURITY;
            CREATE POLICY nobody ON hidden FOR SELECT USING (false);
            CREATE POLICY anybody ON hidden FOR INSERT WITH CHECK (true);
            CREATE SEQUENCE unused;
            CREATE SEQUENCE used;
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched = NEW.touched + 1; RETURN NEW; END';
            CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch();
            """;

    private final Changes changes = TestPostgres.changes();
    private final DatabaseSpec original = TestPostgres.newDatabase();
    private final DatabaseSpec copy = TestPostgres.newDatabase();

    private static void execute(DatabaseSpec spec, String... statements) throws SQLException {
        try (Database database = TestPostgres.databases().open(spec);
                Connection connection = database.dataSource().getConnection()) {
            for (String sql : statements) {
                Rows.execute(connection, sql);
            }
        }
    }

    /** Copies the original, which goes on before the copy is read. */
    private ChangesSince copy(String... meanwhile) throws IOException, SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Dump dump = TestPostgres.dumps().begin(original.database())) {
            ChangesSince since = changes.since(dump);
            execute(original, meanwhile);
            dump.writeTo(bytes);
            TestPostgres.dumps()
                    .restore(copy.database(), original.role(), new ByteArrayInputStream(bytes.toByteArray()));
            return since;
        }
    }

    /** Returns how many bytes there were. */
    private int catchUp(ChangesSince since) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, Long> rows = since.writeTo(bytes);
        assertThat(rows).isEqualTo(TestPostgres.dumps().rows(original.database()));
        Map<String, Long> before = TestPostgres.dumps().rows(copy.database());
        try (FollowingCopy following = changes.follow(copy.database())) {
            following
                    .apply(new ByteArrayInputStream(bytes.toByteArray()))
                    .forEach((table, gained) -> before.merge(table, gained, Long::sum));
        }
        assertThat(before).isEqualTo(TestPostgres.dumps().rows(copy.database()));
        return bytes.size();
    }

    private void theyAreTheSame() throws SQLException {
        assertThat(content(copy)).isEqualTo(content(original));
        assertThat(TestPostgres.dumps().rows(copy.database()))
                .isEqualTo(TestPostgres.dumps().rows(original.database()));
    }

    /** All rows that the owner can see, in whatever order they lie, and how far the sequences are. */
    private static List<String> content(DatabaseSpec spec) throws SQLException {
        try (Database database = TestPostgres.databases().open(spec);
                Connection connection = database.dataSource().getConnection()) {
            List<String> content = new ArrayList<>(Rows.list(
                    connection,
                    "SELECT sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences ORDER BY 1",
                    row -> row.getString(1)));
            for (ChangedTable table : ChangedTable.all(connection)) {
                content.addAll(Rows.list(
                        connection,
                        "SELECT t::text FROM ONLY " + table.identifier() + " t ORDER BY 1",
                        row -> table.name() + row.getString(1)));
            }
            return content;
        }
    }

    @Test
    void aCopyCatchesUpWithAllThatWasWrittenMeanwhile() throws IOException, SQLException {
        execute(original, WORLD);
        try (Database database = TestPostgres.databases().open(original);
                Connection open = database.dataSource().getConnection()) {
            open.setAutoCommit(false);
            Rows.execute(open, "SAVEPOINT s");
            Rows.execute(open, "INSERT INTO customer (name) VALUES ('begun before, committed after')");
            Rows.execute(open, "RELEASE SAVEPOINT s");
            assertThat(changes.obstacle(original.database())).isEmpty();
            try (ChangesSince since = copy("UPDATE customer SET name = 'before the copy' WHERE id = 3")) {
                open.commit();
                execute(
                        original,
                        "INSERT INTO customer (name) VALUES ('new')",
                        "UPDATE customer SET name = name || '!' WHERE id BETWEEN 10 AND 20",
                        "DELETE FROM customer WHERE id = 30",
                        "BEGIN; UPDATE customer SET name = 'x' WHERE id = 40; ROLLBACK",
                        "BEGIN; SELECT FROM customer WHERE id = 50 FOR UPDATE; COMMIT",
                        "UPDATE customer SET name = 'swap' WHERE id = 60",
                        "UPDATE customer SET name = (SELECT 'n61' || E'\\\\ \\n \\t é') || '' WHERE id = 61",
                        "UPDATE \"o d\".\"or\"\"der\" SET \"a b\" = \"a b\" + 1000 WHERE \"a b\" > 90",
                        "INSERT INTO log VALUES ('second')",
                        "TRUNCATE emptied",
                        "UPDATE event SET at = at + 365 WHERE id BETWEEN 5 AND 15",
                        "INSERT INTO hidden VALUES (1, 'seen by nobody')",
                        "SELECT nextval('used'), nextval('used')",
                        "VACUUM FREEZE customer");
                assertThat(catchUp(since)).isBetween(1_000, 5_000);
                theyAreTheSame();
                catchUp(since);
                theyAreTheSame();
            }
        }
    }

    @Test
    void whatWasToldIsTheMomentOfTheNextChanges() throws IOException, SQLException {
        execute(original, "CREATE TABLE t AS SELECT i AS id FROM generate_series(1, 1000) i");
        execute(original, "ALTER TABLE t ADD PRIMARY KEY (id)");
        try (ChangesSince since = copy()) {
            execute(original, "UPDATE t SET id = -id WHERE id < 500", "INSERT INTO t VALUES (5000)");
            assertThat(catchUp(since)).isBetween(10_000, 20_000);
            execute(original, "DELETE FROM t WHERE id IN (700, 5000)");
            assertThat(catchUp(since)).isLessThan(100);
            theyAreTheSame();
        }
    }

    @Test
    void whatCannotBeFollowedIsSaid() throws IOException, SQLException {
        execute(original, "SELECT lo_from_bytea(0, 'x')");
        assertThat(changes.obstacle(original.database())).contains("It has large objects.");
        try (ChangesSince since = copy()) {
            execute(original, "CREATE TABLE fresh (id int)");
            assertThatThrownBy(() -> since.writeTo(new ByteArrayOutputStream()))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("definitions of the database have changed");
        }
        try (FollowingCopy following = changes.follow(copy.database())) {
            assertThatThrownBy(() -> following.apply(new ByteArrayInputStream(new byte[] {7})))
                    .hasMessageContaining("are no changes of a database");
        }
    }
}
