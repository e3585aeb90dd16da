package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import platform.db.api.ConnectionShare;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;

/** A role gets another password while its database is in use. */
class PasswordChangeTest {

    private final DatabaseSpec former = TestPostgres.newDatabase();
    private final DatabaseSpec changed =
            new DatabaseSpec(former.database(), former.role(), "another password of " + former.role());

    private static Connection connect(DatabaseSpec spec) throws SQLException {
        return new Login(TestPostgres.port(), spec.database(), spec.role(), spec.password())
                .dataSource()
                .getConnection();
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void nothingFailsWhileItIsChangedAgainAndAgain() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        try (Database database = TestPostgres.databases().open(former)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(new Thread(() -> load(database.dataSource(), ended, done, failures)));
                threads.get(i).start();
            }
            for (int i = 0; i < 30; i++) {
                int before = done.get();
                TestPostgres.databases().changePassword(i % 2 == 0 ? changed : former);
                while (done.get() == before && failures.isEmpty()) {
                    Thread.onSpinWait();
                }
            }
            ended.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(done.get()).isGreaterThan(30);
    }

    private static void load(DataSource source, AtomicBoolean ended, AtomicInteger done, Queue<Exception> failures) {
        while (!ended.get()) {
            try (Connection connection = source.getConnection()) {
                one(connection);
                done.incrementAndGet();
            } catch (SQLException e) {
                failures.add(e);
                return;
            }
        }
    }

    @Test
    void aTransactionThatRunsIsFinished() throws Exception {
        try (Database database = TestPostgres.databases().open(former)) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("CREATE TABLE kept AS SELECT 1 AS x");
                TestPostgres.databases().changePassword(changed);
                statement.execute("INSERT INTO kept VALUES (2)");
                connection.commit();
            }
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM kept")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void theFormerPasswordOpensNothingAndWhoHadItIsOut() throws Exception {
        try (Connection stranger = connect(former)) {
            assertThat(one(stranger)).isEqualTo(1);

            TestPostgres.databases().changePassword(changed);

            assertThatThrownBy(() -> one(stranger)).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> connect(former))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        assertThatThrownBy(() -> TestPostgres.databases().open(former)).isInstanceOf(DatabaseException.class);
        try (Connection connection = connect(changed)) {
            assertThat(one(connection)).isEqualTo(1);
        }
    }

    @Test
    void aProcessIsAskedToLogInAnewAndKeepsWhatItIsAt() throws Exception {
        try (Database database = TestPostgres.databases().open(former);
                ConnectionShare process = database.dataSource().unwrap(ConnectionShare.class);
                Connection itsOwn = connect(former);
                Connection stranger = connect(former)) {
            AtomicBoolean asked = new AtomicBoolean();
            process.onEvict(() -> asked.set(true));
            process.acquire();
            process.name(backend(itsOwn));

            TestPostgres.databases().changePassword(changed);

            assertThat(asked).isTrue();
            assertThat(one(itsOwn)).isEqualTo(1);
            assertThatThrownBy(() -> one(stranger)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aProcessThatIsJustLoggingInIsWaitedFor() throws Exception {
        try (Database database = TestPostgres.databases().open(former);
                ConnectionShare process = database.dataSource().unwrap(ConnectionShare.class);
                Connection itsOwn = connect(former)) {
            process.acquire();
            process.onEvict(() -> new Thread(() -> process.name(backend(itsOwn))).start());

            TestPostgres.databases().changePassword(changed);

            assertThat(one(itsOwn)).isEqualTo(1);
        }
    }

    /** A process that hangs while it logs in must not hold up who is to be cut off. */
    @Test
    void aSessionThatAProcessNeverNamesIsEnded() throws Exception {
        try (Database database = TestPostgres.databases().open(former);
                ConnectionShare process = database.dataSource().unwrap(ConnectionShare.class);
                Connection unnamed = connect(former)) {
            process.acquire();

            TestPostgres.databases().changePassword(changed);

            assertThatThrownBy(() -> one(unnamed)).isInstanceOf(SQLException.class);
        }
    }

    /** One that a process has given back is no longer its own. */
    @Test
    void aSessionThatAProcessHasGivenBackIsEnded() throws Exception {
        try (Database database = TestPostgres.databases().open(former);
                ConnectionShare process = database.dataSource().unwrap(ConnectionShare.class);
                Connection returned = connect(former)) {
            process.acquire();
            process.name(backend(returned));
            process.release(backend(returned));

            TestPostgres.databases().changePassword(changed);

            assertThatThrownBy(() -> one(returned)).isInstanceOf(SQLException.class);
        }
    }

    private static int backend(Connection connection) {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server may have taken the new one before it could say so. */
    @Test
    void whileNobodyKnowsWhichOneTheServerHasBothAreTried() throws Exception {
        LoginSource source =
                new LoginSource(new Login(TestPostgres.port(), former.database(), former.role(), former.password()));
        source.add(changed.password());
        try (Connection before = source.getConnection()) {
            assertThat(one(before)).isEqualTo(1);
        }
        TestPostgres.databases().createRole(changed);
        try (Connection after = source.getConnection()) {
            assertThat(one(after)).isEqualTo(1);
        }
        source.settle(former.password());
        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    }
}
