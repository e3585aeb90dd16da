package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import platform.db.api.DatabaseSpec;

/**
 * What somebody who has an instance's login tries, to get at another instance, the server or the machine. SECURITY.md has a
 * table of what fails here, and of what stays visible and why.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {

    private static final String DENIED = "42501";

    private DatabaseSpec my;
    private DatabaseSpec other;
    private Connection mine;
    private Connection others;

    /** A database with a role of its own, on the server that is tried. */
    DatabaseSpec newDatabase() {
        return TestPostgres.newDatabase();
    }

    int port() {
        return TestPostgres.port();
    }

    /** Whoever rules the server, and whoever works on it for the platform. */
    List<String> administrators() {
        return List.of("postgres");
    }

    /** Whether the databases that come with every server are closed to instances. */
    boolean closesTheServersOwnDatabases() {
        return true;
    }

    @BeforeAll
    void connect() throws Exception {
        my = newDatabase();
        other = newDatabase();
        mine = connect(my, my.database());
        others = connect(other, other.database());
        execute(others, "CREATE TABLE secret AS SELECT 'treasure' AS x");
    }

    @AfterAll
    void disconnect() throws SQLException {
        mine.close();
        others.close();
    }

    final Connection connect(DatabaseSpec login, String database, String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", login.role());
        all.setProperty("password", login.password());
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        String name = database.replace(" ", "%20");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + name, all);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** OTHER stands for the other instance's database and role, PID for the process of its connection, BOSS for an administrator. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            connect another database by dblink      | CREATE EXTENSION dblink                                    | 42501
            mount another database by postgres_fdw  | CREATE EXTENSION postgres_fdw                              | 42501
            mount a file by file_fdw                | CREATE EXTENSION file_fdw                                  | 42501
            make a foreign data wrapper             | CREATE FOREIGN DATA WRAPPER w                              | 42501
            name another database in a query        | SELECT * FROM "OTHER".public.secret                        | 0A000
            import a file as a large object         | SELECT lo_import('/etc/passwd')                            | 42501
            export a large object to a file         | SELECT lo_export(lo_create(0), '/tmp/out')                 | 42501
            read a file                             | SELECT pg_read_file('/etc/passwd')                         | 42501
            read a file of the server               | SELECT pg_read_file('postgresql.auto.conf')                | 42501
            read a file as bytes                    | SELECT pg_read_binary_file('PG_VERSION')                   | 42501
            look at a file                          | SELECT pg_stat_file('PG_VERSION')                          | 42501
            list a folder                           | SELECT pg_ls_dir('/')                                      | 42501
            list the server's logs                  | SELECT pg_ls_logdir()                                      | 42501
            list temporary files                    | SELECT pg_ls_tmpdir()                                      | 42501
            find the server's log                   | SELECT pg_current_logfile()                                | 42501
            read the access rules                   | SELECT * FROM pg_hba_file_rules                            | 42501
            find the data folder                    | SHOW data_directory                                        | 42501
            run a program for its output            | COPY (SELECT 1) TO PROGRAM 'true'                          | 42501
            run a program for its input             | COPY pg_temp.t FROM PROGRAM 'id'                           | 42501
            copy from a file                        | COPY pg_temp.t FROM '/etc/passwd'                          | 42501
            copy to a file                          | COPY (SELECT 1) TO '/tmp/out'                              | 42501
            become the superuser                    | SET ROLE "BOSS"                                            | 42501
            become the other instance               | SET ROLE "OTHER"                                           | 42501
            become one who may read files           | SET ROLE pg_read_server_files                              | 42501
            log in as the superuser                 | SET SESSION AUTHORIZATION "BOSS"                           | 42501
            log in as the other instance            | SET SESSION AUTHORIZATION "OTHER"                          | 42501
            make itself a superuser                 | ALTER ROLE CURRENT_USER SUPERUSER                          | 42501
            make itself a maker of roles            | ALTER ROLE CURRENT_USER CREATEROLE                         | 42501
            make itself a replica                   | ALTER ROLE CURRENT_USER REPLICATION                        | 42501
            raise its own limit of connections      | ALTER ROLE CURRENT_USER CONNECTION LIMIT 1000              | 42501
            set another role's password             | ALTER ROLE "OTHER" PASSWORD 'x'                            | 42501
            set another role's settings             | ALTER ROLE "OTHER" SET work_mem = '1GB'                    | 42501
            be granted another role                 | GRANT "OTHER" TO CURRENT_USER                              | 42501
            be granted all data                     | GRANT pg_read_all_data TO CURRENT_USER                     | 42501
            hand its group on                       | GRANT platform TO pg_monitor                               | 42501
            create a role                           | CREATE ROLE mine                                           | 42501
            drop another role                       | DROP ROLE "OTHER"                                          | 42501
            take over what another owns             | REASSIGN OWNED BY "OTHER" TO CURRENT_USER                  | 42501
            drop what another owns                  | DROP OWNED BY "OTHER"                                      | 42501
            create a database                       | CREATE DATABASE mine                                       | 42501
            copy another database                   | CREATE DATABASE mine TEMPLATE "OTHER"                      | 42501
            drop another database                   | DROP DATABASE "OTHER"                                      | 42501
            change another database                 | ALTER DATABASE "OTHER" SET search_path = evil              | 42501
            let itself into another database        | GRANT CONNECT ON DATABASE "OTHER" TO CURRENT_USER          | 42501
            comment on another database             | COMMENT ON DATABASE "OTHER" IS 'x'                         | 42501
            create a tablespace                     | CREATE TABLESPACE t LOCATION '/tmp'                        | 42501
            change the server's settings            | ALTER SYSTEM SET work_mem = '1GB'                          | 42501
            reload the server's settings            | SELECT pg_reload_conf()                                    | 42501
            rotate the server's log                 | SELECT pg_rotate_logfile()                                 | 42501
            write a checkpoint                      | CHECKPOINT                                                 | 42501
            switch the log of transactions          | SELECT pg_switch_wal()                                     | 42501
            read the passwords                      | SELECT rolpassword FROM pg_authid                          | 42501
            read the passwords by the old view      | SELECT passwd FROM pg_shadow                               | 42501
            read the statistics behind the view     | SELECT * FROM pg_statistic                                 | 42501
            cancel another's query                  | SELECT pg_cancel_backend(PID)                              | 42501
            end another's connection                | SELECT pg_terminate_backend(PID)                           | 42501
            dump another's memory                   | SELECT pg_log_backend_memory_contexts(PID)                 | 42501
            keep the log for a replica              | SELECT pg_create_physical_replication_slot('s')            | 42501
            decode the log                          | SELECT pg_create_logical_replication_slot('s', 'pgoutput') | 42501
            subscribe to another database           | CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p         | 42501
            load a library                          | LOAD 'dblink'                                              | 42501
            call into the C library                 | CREATE FUNCTION s(text) RETURNS int LANGUAGE c AS 'libc', 'system' | 42501
            make a language                         | CREATE LANGUAGE mine HANDLER plpgsql_call_handler          | 42501
            make an event trigger                   | CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION pg_notify() | 42501
            switch triggers off                     | SET session_replication_role = replica                     | 42501
            lift the limit of temporary files       | SET temp_file_limit = -1                                   | 42501
            change the system's catalogs            | UPDATE pg_database SET datallowconn = false                | 42501
            make a table among the system's         | CREATE TABLE pg_catalog.t (x int)                          | 42501
            """)
    void fails(String attempt, String sql, String state) throws Exception {
        String pid = one(others, "SELECT pg_backend_pid()");
        execute(mine, "CREATE TEMP TABLE IF NOT EXISTS t (x text)");
        String concrete = sql.replace("OTHER", other.role()).replace("PID", pid);
        for (String administrator : sql.contains("BOSS") ? administrators() : List.of("")) {
            assertThatThrownBy(() -> execute(mine, concrete.replace("BOSS", administrator)))
                    .as(attempt)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
        }
        assertThat(one(others, "SELECT x FROM secret")).isEqualTo("treasure");
    }

    @Test
    void noOtherInstancesDatabaseLetsItIn() {
        mustNotEnter(other.database());
    }

    final void mustNotEnter(String database) {
        assertThatThrownBy(() -> connect(my, database))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(DENIED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "template1"})
    void theServersOwnDatabasesLetItInOnlyWhereThePlatformMayNotCloseThem(String database) throws Exception {
        if (closesTheServersOwnDatabases()) {
            mustNotEnter(database);
            return;
        }
        try (Connection entered = connect(my, database)) {
            assertThatThrownBy(() -> execute(entered, "CREATE TABLE t (x int)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(DENIED));
        }
    }

    @Test
    void template0LetsNobodyIn() {
        assertThatThrownBy(() -> connect(my, "template0"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
    }

    @Test
    void itsPasswordOpensNoOtherRole() {
        for (String role : Stream.concat(Stream.of(other.role()), administrators().stream())
                .toList()) {
            DatabaseSpec guess = new DatabaseSpec(other.database(), role, my.password());
            assertThatThrownBy(() -> connect(guess, other.database()))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void nobodyReplicates() {
        assertThatThrownBy(() -> connect(
                        my,
                        my.database(),
                        "replication",
                        "database",
                        "preferQueryMode",
                        "simple",
                        "assumeMinServerVersion",
                        "9.4"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("walsender");
    }

    /** It owns its database and itself: what it does to them hurts nobody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT CONNECT ON DATABASE \"MINE\" TO PUBLIC",
                "ALTER DATABASE \"MINE\" CONNECTION LIMIT 50",
                "ALTER ROLE CURRENT_USER SET statement_timeout = 0",
                "ALTER ROLE CURRENT_USER PASSWORD 'another'"
            })
    void itsOwnDatabaseAndRoleAreItsOwn(String sql) throws Exception {
        DatabaseSpec own = newDatabase();
        try (Connection connection = connect(own, own.database())) {
            execute(connection, sql.replace("MINE", own.database()));
        }
        assertThat(one(others, "SELECT x FROM secret")).isEqualTo("treasure");
    }

    @Test
    void aRoleHasNoAttributeButItsLogin() throws Exception {
        String attributes = "SELECT rolcanlogin AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication"
                + " OR rolbypassrls) FROM pg_roles WHERE rolname = CURRENT_USER";
        assertThat(one(mine, attributes)).isEqualTo("t");
        String groups = "SELECT string_agg(g.rolname, ',') FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
                + " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = CURRENT_USER";
        assertThat(one(mine, groups)).isEqualTo("platform");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TEMP", "CREATE"})
    void publicHasNoRightOnAnyDatabase(String right) throws Exception {
        String open =
                "SELECT count(*) FROM pg_database WHERE datallowconn AND has_database_privilege('platform', oid, '"
                        + right + "')"
                        + (closesTheServersOwnDatabases() ? "" : " AND datname NOT IN ('postgres', 'template1')");
        assertThat(one(mine, open)).isEqualTo("0");
        assertThat(one(mine, "SELECT has_database_privilege(current_database(), '" + right + "')"))
                .as("the owner itself, who may make temporary tables")
                .isEqualTo("t");
    }

    @Test
    void onlyTheOwnerPutsNamesIntoTheSearchPath() throws Exception {
        assertThat(one(mine, "SHOW search_path")).isEqualTo("\"$user\", public");
        assertThat(one(mine, "SELECT has_schema_privilege('platform', 'public', 'CREATE')"))
                .isEqualTo("f");
        assertThat(one(mine, "SELECT has_schema_privilege('public', 'CREATE')")).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"citext", "hstore", "pgcrypto", "pg_trgm", "unaccent"})
    void itMakesTrustedExtensionsItself(String name) throws Exception {
        execute(mine, "CREATE EXTENSION " + name);
        assertThat(one(mine, "SELECT extname FROM pg_extension WHERE extname = '" + name + "'"))
                .isEqualTo(name);
        execute(mine, "DROP EXTENSION " + name);
    }

    @Test
    void largeObjectsAreItsOwn() throws Exception {
        String oid = one(others, "SELECT lo_from_bytea(0, 'treasure')");
        assertThatThrownBy(() -> one(mine, "SELECT lo_get(" + oid + ")"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42704"));
    }

    @Test
    void notificationsStayInTheirDatabase() throws Exception {
        execute(mine, "LISTEN news");
        execute(others, "LISTEN news");
        execute(others, "NOTIFY news, 'treasure'");
        one(mine, "SELECT 1");
        one(others, "SELECT 1");
        assertThat(others.unwrap(PGConnection.class).getNotifications(1000)).hasSize(1);
        assertThat(mine.unwrap(PGConnection.class).getNotifications(200)).isNullOrEmpty();
    }

    @Test
    void advisoryLocksStayInTheirDatabase() throws Exception {
        one(others, "SELECT pg_advisory_lock(4711)");
        assertThat(one(mine, "SELECT pg_try_advisory_lock(4711)")).isEqualTo("t");
        one(mine, "SELECT pg_advisory_unlock(4711)");
        one(others, "SELECT pg_advisory_unlock(4711)");
    }

    @Test
    void temporaryTablesAreOfTheirConnection() throws Exception {
        execute(others, "CREATE TEMP TABLE hidden AS SELECT 'treasure' AS x");
        assertThatThrownBy(() -> one(mine, "SELECT x FROM hidden"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }

    @Test
    void tablesOfOthersAreInNoCatalogOfIts() throws Exception {
        assertThat(one(mine, "SELECT count(*) FROM pg_class WHERE relname = 'secret'"))
                .isEqualTo("0");
    }

    /** PostgreSQL's own catalogs, which drivers and tools read, are the same for all databases of a server. */
    @Test
    void visibleAreTheNamesOfDatabasesAndRoles() throws Exception {
        assertThat(one(mine, "SELECT datname FROM pg_database WHERE datname = '" + other.database() + "'"))
                .isEqualTo(other.database());
        assertThat(one(mine, "SELECT rolname FROM pg_roles WHERE rolname = '" + other.role() + "'"))
                .isEqualTo(other.role());
        assertThat(one(mine, "SELECT rolpassword FROM pg_roles WHERE rolname = '" + other.role() + "'"))
                .isEqualTo("********");
    }

    @Test
    void theSizesOfOtherDatabasesAreHidden() {
        assertThatThrownBy(() -> one(mine, "SELECT pg_database_size('" + other.database() + "')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(DENIED));
    }

    @Test
    void visibleIsThatOthersAreConnectedButNotWhatTheyDo() throws Exception {
        one(others, "SELECT 'treasure'");
        String pid = one(others, "SELECT pg_backend_pid()");
        String of = " FROM pg_stat_activity WHERE pid = " + pid;
        assertThat(one(mine, "SELECT usename" + of)).isEqualTo(other.role());
        assertThat(one(mine, "SELECT query" + of)).isEqualTo("<insufficient privilege>");
        assertThat(one(mine, "SELECT application_name" + of)).isEqualTo("PostgreSQL JDBC Driver");
        assertThat(one(mine, "SELECT concat(client_addr, client_port, state, xact_start, query_start)" + of))
                .isEmpty();
    }

    @Test
    void visibleIsThatOthersHoldLocksButNotOnWhat() throws Exception {
        others.setAutoCommit(false);
        try {
            one(others, "SELECT x FROM secret");
            String oid = one(others, "SELECT 'secret'::regclass::oid");
            String locked = "SELECT relation::regclass::text FROM pg_locks WHERE relation = " + oid;
            assertThat(one(others, locked)).isEqualTo("secret");
            assertThat(one(mine, locked)).as("a number that means nothing here").isEqualTo(oid);
        } finally {
            others.setAutoCommit(true);
        }
    }

    @Test
    void visibleIsHowMuchOthersDo() throws Exception {
        String commits = "SELECT xact_commit >= 0 FROM pg_stat_database WHERE datname = '" + other.database() + "'";
        assertThat(one(mine, commits)).isEqualTo("t");
    }
}
