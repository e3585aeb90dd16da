package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServer;
import platform.db.api.ServerRegistration;

/** Servers that are added and forgotten, and the files that say so. */
class KeptServersTest {

    private static ForeignPostgres foreign;

    @TempDir
    Path data;

    private Servers servers;
    private KeptServers kept;
    private List<String> users = List.of();

    @BeforeAll
    static void start() {
        foreign = ForeignPostgres.ofThisMachine();
    }

    @AfterAll
    static void stop() {
        foreign.close();
    }

    @BeforeEach
    void serve() throws IOException {
        Files.createDirectories(data.resolve("etc"));
        Files.createDirectories(data.resolve("secrets"));
        servers = new Servers(TestPostgres.newServed(), new ServerFiles(data)::login, ForeignPostgres::serve);
        kept = new KeptServers(data, servers, Optional.of(server -> users));
    }

    @AfterEach
    void close() {
        servers.close();
    }

    private static ServerRegistration far(String tls, Optional<String> authorities, Optional<String> password) {
        Endpoint at = foreign.settings("far", Tls.NONE).endpoint();
        return new ServerRegistration(
                "far", at.host(), at.port(), tls, authorities, ForeignPostgres.ADMINISTRATOR, password, 0);
    }

    private static ServerRegistration far(String password) {
        return far("disable", Optional.empty(), Optional.of(password));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> data.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aServerThatIsAddedCanBeUsedAtOnceAndAfterTheNextStart() throws Exception {
        String pem = Files.readString(foreign.certificate());

        kept.put(far("verify-ca", Optional.of(pem), Optional.of("admin's secret")));

        assertThat(servers.list().get(1).isReachable()).isTrue();
        assertThat(files())
                .containsExactly(
                        "etc/platform.db.postgresql.Server-far.cfg",
                        "etc/platform.db.postgresql.Server-far.pem",
                        "secrets/postgresql-servers/far");
        ServerSettings read = ServerSettings.read(data, "far");
        new ServerFiles(data).login(read).look();
        // What File Install reads is the same, so nothing is done twice.
        servers.add(read);
        assertThat(servers.list()).extracting(DatabaseServer::name).containsExactly(Server.EMBEDDED, "far");
    }

    @Test
    void whatIsNotGivenAnewStaysAndALoginThatFailsChangesNothing() throws Exception {
        kept.put(far("admin's secret"));
        List<String> before = files();

        kept.put(far("require", Optional.empty(), Optional.empty()));
        assertThat(ServerSettings.read(data, "far").endpoint().tls().mode()).isEqualTo(Tls.Mode.REQUIRE);
        assertThatThrownBy(() -> kept.put(far("guess")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("Cannot log in to the database server 'far'");

        assertThat(files()).isEqualTo(before);
        assertThat(ServerSettings.read(data, "far").endpoint().tls().mode()).isEqualTo(Tls.Mode.REQUIRE);
        assertThat(servers.list().get(1).isReachable()).isTrue();
    }

    @Test
    void whatIsWrongIsRefusedAndLeavesNothing() throws Exception {
        ServerRegistration good = far("admin's secret");
        assertThatThrownBy(() -> kept.put(far("verify-full", Optional.of("no certificate"), good.password())))
                .hasMessageContaining("no certificates in PEM");
        assertThatThrownBy(() -> kept.put(far("verify-full", Optional.empty(), good.password())))
                .hasMessageContaining("needs ca");
        assertThatThrownBy(() -> kept.put(new ServerRegistration(
                        "far",
                        good.host(),
                        good.port(),
                        "disable",
                        Optional.empty(),
                        "a\nca = /x",
                        good.password(),
                        0)))
                .hasMessageContaining("user has characters");
        assertThatThrownBy(() -> kept.put(far("disable", Optional.empty(), Optional.empty())))
                .hasMessageContaining("has no password");
        assertThat(files()).isEmpty();
        assertThat(servers.list()).hasSize(1);
    }

    @Test
    void aServerHasOneName() throws Exception {
        kept.put(far("admin's secret"));
        List<String> before = files();
        assertThatThrownBy(() -> kept.put(renamed("again", far("admin's secret"))))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("is registered already, as 'far'");
        assertThat(files()).isEqualTo(before);
        assertThat(servers.list()).hasSize(2);
    }

    /** As it was possible once: what is on it must not go away. */
    @Test
    void whatIsThereUnderTwoNamesStaysSo() throws Exception {
        kept.put(far("admin's secret"));
        Path secret = new ServerFiles(data).secret("again");
        Files.copy(foreign.secret(), secret, StandardCopyOption.COPY_ATTRIBUTES);
        servers.add(foreign.settings("again", Tls.NONE));
        assertThat(servers.list()).filteredOn(DatabaseServer::isReachable).hasSize(3);
        kept.put(renamed("again", far("admin's secret")));
        assertThat(servers.list()).filteredOn(DatabaseServer::isReachable).hasSize(3);
    }

    private static ServerRegistration renamed(String name, ServerRegistration it) {
        return new ServerRegistration(
                name, it.host(), it.port(), it.tls(), it.authorities(), it.user(), it.password(), it.connections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../far", "", "FAR", "embedded", "far.cfg"})
    void aNameThatCannotBeIsRefused(String name) throws Exception {
        ServerRegistration server = renamed(name, far("admin's secret"));
        assertThatThrownBy(() -> kept.put(server)).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> kept.remove(name)).isInstanceOf(DatabaseException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void aServerIsForgottenOnlyWhenNobodyIsOnIt() throws Exception {
        kept.put(far("admin's secret"));
        users = List.of("acme@example.com", "bolt@example.com");
        assertThatThrownBy(() -> kept.remove("far")).hasMessageContaining("2 instances, such as acme@example.com");
        assertThatThrownBy(() -> new KeptServers(data, servers, Optional.empty()).remove("far"))
                .hasMessageContaining("database is away");
        assertThat(servers.list()).hasSize(2);

        users = List.of();
        kept.remove("far");

        assertThat(files()).isEmpty();
        assertThat(servers.list()).hasSize(1);
        assertThatThrownBy(() -> kept.remove("far")).hasMessageContaining("There is no database server 'far'");
    }
}
