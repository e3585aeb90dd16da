package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseSpec;
import platform.db.api.DatabaseStatus;
import platform.db.api.Quota;

/** The platform's own server and one that comes and goes. */
class ServersTest {

    private static final DatabaseSpec FAR = new DatabaseSpec("there", "there", "p");

    private static ForeignPostgres foreign;

    private final DatabaseSpec near = TestPostgres.newDatabase();
    private Servers servers;

    @BeforeAll
    static void start() {
        foreign = ForeignPostgres.ofThisMachine();
    }

    @AfterAll
    static void stop() {
        foreign.close();
    }

    @BeforeEach
    void serve() {
        servers = new Servers(TestPostgres.newServed(), foreign::login, ForeignPostgres::serve);
        servers.add(foreign.settings("far", Tls.NONE));
        servers.on("far").createRole(FAR);
        servers.on("far").createDatabase(FAR);
    }

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void eachDatabaseIsFoundOnItsServer() {
        assertThat(servers.holding(near.database()).name()).isEqualTo(Server.EMBEDDED);
        assertThat(servers.holding(FAR.database()).name()).isEqualTo("far");
        RoutedStatistics statistics = new RoutedStatistics(servers);
        assertThat(statistics.databases())
                .extracting(DatabaseStatus::name, DatabaseStatus::server)
                .contains(tuple(near.database(), Server.EMBEDDED), tuple(FAR.database(), "far"));
        assertThat(statistics.away()).isEmpty();
        assertThat(new RoutedDumps(servers).rows(FAR.database())).isEmpty();
        assertThat(servers.list())
                .extracting(DatabaseServer::name, DatabaseServer::isDefault, DatabaseServer::isReachable)
                .containsExactly(tuple(Server.EMBEDDED, true, true), tuple("far", false, true));
        assertThat(servers.list().get(1).databases()).isEqualTo(1);
        assertThatThrownBy(() -> servers.on("nowhere"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("db:servers");
    }

    @Test
    void oneThatIsAwayHoldsNobodyElseUpAndComesBackByItself() throws Exception {
        RoutedQuotas quotas = new RoutedQuotas(servers);
        RoutedStatistics statistics = new RoutedStatistics(servers);
        foreign.stop();
        assertThat(statistics.databases())
                .extracting(DatabaseStatus::name)
                .contains(near.database())
                .doesNotContain(FAR.database());
        assertThat(statistics.away()).containsOnlyKeys("far");
        assertThat(servers.present()).hasSize(1);
        quotas.apply(Map.of(FAR.database(), Quota.NONE));
        quotas.check();
        assertThat(servers.list().get(1).problem()).contains("Cannot log in to the database server 'far'");
        assertThatThrownBy(() -> servers.on("far"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("is away");
        assertThatThrownBy(() -> new RoutedDumps(servers).rows(FAR.database()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("is on no server that can be reached");
        foreign.start();
        Eventually.holdsWithin(
                Duration.ofSeconds(60),
                "it is seen to be back",
                () -> servers.present().size() == 2);
        servers.on("far").open(FAR).close();
        quotas.check();
    }

    @Test
    void aServerWithoutSettingsIsNoneAnyMore() {
        servers.remove("far");
        assertThatThrownBy(() -> servers.on("far")).isInstanceOf(DatabaseException.class);
        assertThat(servers.list()).hasSize(1);
    }
}
