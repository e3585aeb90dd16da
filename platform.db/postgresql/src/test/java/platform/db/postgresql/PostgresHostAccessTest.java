package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;
import platform.db.api.AccessEntry;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.GrantedAccess;

/** Access from other machines, played by 127.0.0.5; on a server of its own that listens as it would for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresHostAccessTest {

    private static final String OUTSIDE = "127.0.0.5/32";

    private final Path data = TestPostgres.newFolder();
    private Instant now;
    private DatabaseSpec spec;
    private int number;
    private Map<String, String> settings;
    private PostgresServer server;
    private PostgresDatabases databases;
    private PostgresHostAccess access;

    @BeforeAll
    void start() throws IOException {
        settings = new HashMap<>(new ListenSettings("127.0.0.1", PostgresServer.freePort()).server());
        settings.putAll(TestPostgres.SETTINGS);
        startServer();
    }

    @BeforeEach
    void makeDatabase() {
        now = Instant.now();
        number++;
        String name = "example.com_acme" + number;
        spec = new DatabaseSpec(name, name, "inner password");
        databases.createRole(spec);
        databases.createDatabase(spec);
    }

    private void startServer() {
        server = new PostgresServer(TestPostgres.folders(data), settings);
        server.start();
        databases = new PostgresDatabases(server);
        access = access(true);
        access.begin();
    }

    private PostgresHostAccess access(boolean listens) {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        return new PostgresHostAccess(new Sessions(server), file(), listens, clock);
    }

    private AccessFile file() {
        return new AccessFile(TestPostgres.folders(data));
    }

    @AfterEach
    void denyAll() {
        access.deny(spec.database(), Optional.empty());
        assertThat(externalRoles()).isEmpty();
    }

    @AfterAll
    void stop() {
        stopServer();
        TestPostgres.delete(data);
    }

    private void stopServer() {
        databases.close();
        server.close();
    }

    /** Sockets that come from the address that is the argument. */
    public static final class From extends SocketFactory {

        private final String address;

        public From(String address) {
            this.address = address;
        }

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(address, 0));
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private Connection connect(String database, String role, String password, String tls) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(database);
        source.setUser(role);
        source.setPassword(password);
        source.setSslMode(tls);
        source.setSocketFactory(From.class.getName());
        source.setSocketFactoryArg("127.0.0.5");
        return source.getConnection();
    }

    private Connection connect(GrantedAccess granted, String password) throws SQLException {
        return connect(granted.entry().database(), granted.entry().role(), password, "require");
    }

    private GrantedAccess allow(Optional<Duration> lasts) {
        return access.allow(spec.database(), OUTSIDE, lasts);
    }

    private void mustBeRefused(String role, String password) {
        assertThatThrownBy(() ->
                        connect(spec.database(), role, password, "require").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no pg_hba.conf entry");
    }

    private List<String> externalRoles() {
        return new Sessions(server)
                .administer(
                        "list",
                        connection -> Rows.list(
                                connection,
                                "SELECT rolname FROM pg_roles WHERE rolname LIKE '%\\_ext' AND rolcanlogin",
                                row -> row.getString(1)));
    }

    @Test
    void nobodyComesInFromOutsideUntilItIsAllowed() throws Exception {
        mustBeRefused(spec.role(), spec.password());
        GrantedAccess granted = allow(Optional.empty());
        assertThat(granted.entry().role()).isEqualTo(spec.role() + "_ext");
        assertThat(granted.port()).isEqualTo(server.port());
        try (Connection connection = connect(granted, granted.password().orElseThrow())) {
            Rows.execute(connection, "CREATE TABLE t (n int)");
            assertThat(Rows.first(
                            connection,
                            "SELECT tableowner FROM pg_tables WHERE tablename = 't'",
                            row -> row.getString(1)))
                    .contains(spec.role());
        }
        mustBeRefused(spec.role(), spec.password());
        assertThatThrownBy(() -> connect(spec.database(), granted.entry().role(), "wrong", "require"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void itIsOverTlsAndIntoOneDatabaseOnly() {
        GrantedAccess granted = allow(Optional.empty());
        String password = granted.password().orElseThrow();
        String role = granted.entry().role();
        assertThatThrownBy(() -> connect(spec.database(), role, password, "disable"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no encryption");
        assertThatThrownBy(() -> connect("postgres", role, password, "require")).isInstanceOf(SQLException.class);
    }

    @Test
    void denyingEndsWhatIsConnected() throws Exception {
        GrantedAccess granted = allow(Optional.empty());
        try (Connection connection = connect(granted, granted.password().orElseThrow())) {
            Rows.execute(connection, "RESET ROLE");
            Rows.execute(connection, "CREATE TEMP TABLE mine (n int)");
            assertThat(access.deny(spec.database(), Optional.of("127.0.0.5"))).containsExactly(granted.entry());
            assertThatThrownBy(() -> Rows.execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThat(access.list()).isEmpty();
        assertThat(externalRoles()).isEmpty();
        mustBeRefused(granted.entry().role(), granted.password().orElseThrow());
        assertThat(access.deny(spec.database(), Optional.empty())).isEmpty();
    }

    @Test
    void aSecondEntrySharesTheLogin() {
        GrantedAccess first = allow(Optional.empty());
        GrantedAccess second = access.allow(spec.database(), "2001:db8::/32", Optional.of(Duration.ofDays(7)));
        assertThat(first.password()).isPresent();
        assertThat(second.password()).isEmpty();
        assertThat(second.entry().role()).isEqualTo(first.entry().role());
        assertThat(access.list()).containsExactly(first.entry(), second.entry());
        access.deny(spec.database(), Optional.of("2001:db8::/32"));
        assertThat(access.list()).containsExactly(first.entry());
        assertThat(externalRoles()).hasSize(1);
    }

    @Test
    void anEntryEndsByItself() {
        GrantedAccess granted = allow(Optional.of(Duration.ofHours(1)));
        access.sweep();
        assertThat(access.list()).hasSize(1);
        now = now.plus(Duration.ofHours(2));
        assertThat(access.list()).isEmpty();
        access.sweep();
        assertThat(externalRoles()).isEmpty();
        mustBeRefused(granted.entry().role(), granted.password().orElseThrow());
    }

    @Test
    void entriesOutliveARestart() throws Exception {
        GrantedAccess granted = allow(Optional.empty());
        stopServer();
        startServer();
        assertThat(access.list()).extracting(AccessEntry::cidr).containsExactly(OUTSIDE);
        connect(granted, granted.password().orElseThrow()).close();
    }

    @Test
    void entriesOfARemovedDatabaseGo() {
        allow(Optional.empty());
        databases.dropDatabase(spec.database());
        databases.dropRole(spec.role());
        assertThat(access.list()).isEmpty();
        databases.createRole(spec);
        databases.createDatabase(spec);
        assertThat(access.list()).isEmpty();
        access.sweep();
        assertThat(externalRoles()).isEmpty();
        assertThat(hba()).doesNotContain("hostssl");
    }

    @Test
    void theLoginFollowsTheOwner() throws Exception {
        GrantedAccess granted = allow(Optional.empty());
        DatabaseSpec next = new DatabaseSpec(spec.database(), "next", "p");
        databases.createRole(next);
        new Sessions(server).administer("change the owner", connection -> {
            Rows.execute(connection, "ALTER DATABASE " + Sql.identifier(spec.database()) + " OWNER TO next");
            return null;
        });
        access.sweep();
        try (Connection connection = connect(granted, granted.password().orElseThrow())) {
            assertThat(Rows.first(connection, "SELECT current_user", row -> row.getString(1)))
                    .contains("next");
        }
    }

    @Test
    void whatPostgresqlRefusesIsRolledBack() throws IOException {
        String before = hba();
        for (String network :
                List.of("192.0.2.1/24", "192.0.2.0/33", "example.com", "all", "10", "192.0.2.0/24 trust")) {
            assertThatThrownBy(() -> access.allow(spec.database(), network, Optional.empty()))
                    .as(network)
                    .isInstanceOf(DatabaseException.class);
        }
        assertThatThrownBy(() -> access.allow("postgres", OUTSIDE, Optional.empty()))
                .hasMessageContaining("no database");
        assertThat(hba()).isEqualTo(before);
        assertThat(externalRoles()).isEmpty();
    }

    @Test
    void aMistakeInTheFileIsFoundBeforeTheServerReadsIt() throws IOException {
        Sessions sessions = new Sessions(server);
        long oid = sessions.administer("make a role", connection -> {
            Rows.execute(connection, "CREATE ROLE wrong");
            return Rows.first(
                            connection,
                            "SELECT oid::bigint FROM pg_database WHERE datname = ?",
                            row -> row.getLong(1),
                            spec.database())
                    .orElseThrow();
        });
        AccessEntry wrong = new AccessEntry(spec.database(), "wrong", "192.0.2.0/99", now, Optional.empty());
        file().remember(List.of(new AccessFile.Kept(wrong, oid)));
        String before = hba();
        assertThatThrownBy(() -> allow(Optional.empty()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("PostgreSQL refuses the entry");
        assertThat(hba()).isEqualTo(before);
        file().remember(List.of());
    }

    @Test
    void aLineThatMakesNoSenseLetsNobodyIn() throws IOException {
        AccessEntry wrong = new AccessEntry(spec.database(), "r", "all", now, Optional.empty());
        file().remember(List.of(new AccessFile.Kept(wrong, 1)));
        file().prepare(now);
        assertThat(hba())
                .startsWith("host all all 127.0.0.1/32 scram-sha-256\n")
                .doesNotContain(spec.database());
        file().remember(List.of());
    }

    @Test
    void aServerOnLoopbackSaysWhatToDo() {
        assertThatThrownBy(() -> access(false).allow(spec.database(), OUTSIDE, Optional.empty()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("listen = 0.0.0.0")
                .hasMessageContaining("restart");
    }

    private String hba() {
        try {
            return Files.readString(TestPostgres.folders(data).authentication());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
