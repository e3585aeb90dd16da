package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;
import platform.db.api.Changes;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.Databases;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpaceListener;
import platform.db.api.DiskStatus;
import platform.db.api.Dumps;
import platform.db.api.Extensions;
import platform.db.api.HostAccess;
import platform.db.api.Maintenance;
import platform.db.api.Quotas;
import platform.db.api.Recovery;
import platform.db.api.SpareDatabases;
import platform.db.api.SqlConsole;
import platform.db.api.WalArchive;

/** What the component registers, in a framework that only keeps a list. */
class PostgresqlComponentTest {

    /** What is registered: the service's class and its properties. */
    private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<Class<?>, Dictionary<?, ?>> properties = new LinkedHashMap<>();
    private Path data;

    @BeforeEach
    void makeFolder() {
        data = TestPostgres.newFolder();
    }

    @AfterEach
    void deleteFolder() {
        TestPostgres.delete(data);
    }

    @Test
    void theServiceIsThereWhileTheServerRuns() throws Exception {
        PostgresqlComponent component = new PostgresqlComponent(context(), PostgresqlComponentTest::roomy);
        try {
            assertThat(services)
                    .containsOnlyKeys(
                            Databases.class,
                            Servers.class,
                            DatabaseServers.class,
                            DatabaseStatistics.class,
                            SqlConsole.class,
                            HostAccess.class,
                            Extensions.class,
                            DatabaseUpgrade.class,
                            DiskSpaceListener.class,
                            WalArchive.class,
                            Recovery.class,
                            Maintenance.class,
                            Dumps.class,
                            SpareDatabases.class,
                            Changes.class,
                            Quotas.class);
            assertThat(((Databases) services.get(Databases.class)).databases()).isEmpty();
        } finally {
            component.stop();
        }
        assertThat(services).isEmpty();
        assertThat(PostgresFolders.in(data).pidFile()).doesNotExist();
    }

    @Test
    void aServerThatCannotStartIsReported() throws Exception {
        Files.writeString(data.resolve("pgsql"), "a file where a folder should be");
        PostgresqlComponent component = new PostgresqlComponent(context(), Duration.ofHours(1), PATIENCE);
        assertThat(services).containsOnlyKeys(Condition.class);
        assertThat(properties.get(Condition.class).get(Condition.CONDITION_ID)).isEqualTo("platform.degraded");
        assertThat((String) properties.get(Condition.class).get("reason"))
                .contains(data.resolve("pgsql").toString());
        component.stop();
        assertThat(services).isEmpty();
    }

    @Test
    void aServerThatCanStartLaterIsStartedByItself() throws Exception {
        Files.writeString(data.resolve("pgsql"), "a file where a folder should be");
        PostgresqlComponent component = new PostgresqlComponent(context(), Duration.ofMillis(50), PATIENCE);
        assertThat(services).containsKey(Condition.class);

        Files.delete(data.resolve("pgsql"));

        try {
            awaitService();
        } finally {
            component.stop();
        }
        assertThat(services).isEmpty();
    }

    @Test
    void aServerThatRecoversLongBarsNobodysStart() throws Exception {
        PostgresqlComponent component = new PostgresqlComponent(context(), Duration.ofHours(1), Duration.ZERO);
        try {
            assertThat((String) properties.get(Condition.class).get("reason")).contains("still starting");
            awaitService();
        } finally {
            component.stop();
        }
        assertThat(services).isEmpty();
    }

    @Test
    void whoStopsDoesNotWaitForARecovery() {
        new PostgresqlComponent(context(), Duration.ofHours(1), Duration.ZERO).stop();
        assertThat(services).isEmpty();
        assertThat(PostgresFolders.in(data).pidFile()).doesNotExist();
    }

    private void awaitService() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!services.containsKey(Databases.class) || services.containsKey(Condition.class)) {
            assertThat(System.nanoTime()).as("It starts within 2 min").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void theDefaultServerCanBeSomebodyElses() throws Exception {
        try (ForeignPostgres foreign = ForeignPostgres.ofThisMachine()) {
            Path etc = Files.createDirectories(data.resolve("etc"));
            Files.writeString(etc.resolve("platform.db.postgresql.cfg"), "db = external\ndb.server = far\n");
            Files.writeString(
                    etc.resolve("platform.db.postgresql.Server-far.cfg"),
                    "host = 127.0.0.1\nport = "
                            + foreign.settings("far", Tls.NONE).endpoint().port()
                            + "\ntls = verify-ca\nca = " + foreign.certificate() + "\nuser = "
                            + ForeignPostgres.ADMINISTRATOR + "\n");
            Path secrets = Files.createDirectories(data.resolve("secrets").resolve("postgresql-servers"));
            Files.copy(foreign.secret(), secrets.resolve("far"), StandardCopyOption.COPY_ATTRIBUTES);
            PostgresqlComponent component = new PostgresqlComponent(context(), PostgresqlComponentTest::roomy);
            try {
                DatabaseServers servers = (DatabaseServers) services.get(DatabaseServers.class);
                assertThat(servers.defaultName()).isEqualTo("far");
                Databases databases = (Databases) services.get(Databases.class);
                databases.createRole(new DatabaseSpec("a", "a", "p"));
                assertThat(databases.roles()).containsExactly("a");
                databases.dropRole("a");
                assertThat(services).doesNotContainKey(DiskSpaceListener.class).containsKey(DatabaseUpgrade.class);
                assertThat(data.resolve("pgsql")).doesNotExist();
            } finally {
                component.stop();
            }
            assertThat(services).isEmpty();
        }
    }

    private static DiskStatus roomy() {
        return new DiskStatus(DiskLevel.OK, 0, 0, 0, 0, 0, 0, 0);
    }

    private BundleContext context() {
        return fake(BundleContext.class, arguments -> switch (arguments.length) {
            case 1 -> data.toString();
            default -> register((Class<?>) arguments[0], arguments[1], (Dictionary<?, ?>) arguments[2]);
        });
    }

    private ServiceRegistration<?> register(Class<?> type, Object service, Dictionary<?, ?> itsProperties) {
        services.put(type, service);
        properties.put(type, itsProperties);
        return fake(ServiceRegistration.class, none -> services.remove(type));
    }

    /** What a call does, whichever it is. */
    private interface Call {
        Object with(Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = call.with(arguments == null ? new Object[0] : arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }
}
