package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;
import platform.core.api.AlarmInfo;
import platform.core.api.PlatformException;
import platform.core.instance.Workers;
import platform.db.postgresql.TestPostgres;

/** What becomes of a start while the manager's database cannot be opened. */
class ManagerDatabaseOpenerTest {

    @TempDir
    Path secrets;

    private final Map<Class<?>, Dictionary<?, ?>> services = new ConcurrentHashMap<>();
    private final Workers workers = new Workers();
    private final AlarmManager alarms = new AlarmManager(workers, Clock.systemUTC());
    private final DegradedAlarm alarm = new DegradedAlarm(alarms);
    private final BundleContext context = fake(BundleContext.class, (self, method, arguments) -> {
        Dictionary<?, ?> properties = (Dictionary<?, ?>) arguments[2];
        services.put((Class<?>) arguments[0], properties == null ? new Hashtable<>() : properties);
        return fake(ServiceRegistration.class, (registration, unregister, none) -> services.remove(arguments[0]));
    });
    private volatile boolean away = true;
    private ManagerDatabaseOpener opener;

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private ManagerDatabase open() {
        if (away) {
            throw PlatformException.failed("The server is away.", null);
        }
        return new ManagerDatabase(new Secrets(secrets), TestPostgres.databases(), Fakes.MIGRATIONS);
    }

    @AfterEach
    void close() {
        opener.close();
        workers.close();
        TestPostgres.databases().dropDatabase(ManagerDatabase.NAME);
        TestPostgres.databases().dropRole(ManagerDatabase.NAME);
    }

    @Test
    void itIsTriedAgainUntilItCanBeOpened() {
        opener = new ManagerDatabaseOpener(context, workers, this::open);

        assertThat(services).containsOnlyKeys(Condition.class);
        assertThat(services.get(Condition.class).get(Condition.CONDITION_ID)).isEqualTo("platform.degraded");
        assertThat(services.get(Condition.class).get("reason")).isEqualTo("The server is away.");

        away = false;
        Fakes.await(() -> services.containsKey(ManagerDatabase.class) && !services.containsKey(Condition.class));

        opener.close();
        assertThat(services).isEmpty();
    }

    @Test
    void anAlarmSaysWhyUntilItIsOver() {
        opener = new ManagerDatabaseOpener(context, workers, this::open);
        Map<String, Object> properties = Map.of("reason", "The server is away.");

        alarm.bindDegraded(Condition.INSTANCE, properties);
        assertThat(alarms.active()).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo("platform/database-unavailable");
            assertThat(it.cause()).isEqualTo("The server is away.");
        });

        alarm.unbindDegraded(Condition.INSTANCE, Map.of("reason", "An older one."));
        assertThat(alarms.active()).hasSize(1);
        alarm.unbindDegraded(Condition.INSTANCE, properties);
        assertThat(alarms.active()).extracting(AlarmInfo::id).isEmpty();
    }
}
