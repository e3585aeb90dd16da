package platform.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.Health;
import platform.core.child.InstanceSetup;
import platform.core.child.PlatformCalls;
import platform.core.child.ServiceSetup;
import platform.core.instance.AbandonedCall;
import platform.core.instance.LimitedCalls;
import platform.core.instance.OverdueException;
import platform.core.instance.Workers;
import platform.db.api.DatabaseAccess;
import platform.webserver.api.WebPath;
import platform.webserver.api.Webserver;

/** What an app does that takes no notice of being interrupted, in the process: it is given up by its own stack, and watched. */
class HostedInstanceTest {

    private static final ServiceSetup SERVICE = new ServiceSetup("bad", "", "", "app.bad", "INFO", 1, 1, 60, 1);
    private static final InstanceSetup SETUP = new InstanceSetup(
            "acme@example.com",
            Map.of(),
            "pwd",
            null,
            0,
            new DatabaseAccess("jdbc:postgresql://localhost:1/none", "none", "none", 1),
            "/acme",
            ".",
            100);

    private final Workers workers = new Workers();
    private final LimitedCalls calls = new LimitedCalls(workers);
    private final CountDownLatch released = new CountDownLatch(1);
    private final HostedInstance hosted =
            new HostedInstance(SETUP, SERVICE, workers, calls, webserver(), nothing(PlatformCalls.class));

    private static Webserver webserver() {
        return proxy(Webserver.class, nothing(WebPath.class));
    }

    private static <T> T nothing(Class<T> type) {
        return proxy(type, null);
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }

    @AfterEach
    void end() {
        released.countDown();
        hosted.close();
        workers.close();
    }

    private void hang() {
        boolean over = false;
        while (!over) {
            try {
                over = released.await(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                // It is as stubborn as apps can be.
            }
        }
    }

    /** An app whose instances hang where they are told to. */
    private AppService app(boolean inHealth, boolean inClose) {
        return context -> new AppInstance() {
            @Override
            public Health health() {
                if (inHealth) {
                    hang();
                }
                return Health.up();
            }

            @Override
            public void close() {
                if (inClose) {
                    hang();
                }
            }
        };
    }

    private void assertAbandoned(String what) {
        assertThat(calls.abandoned()).singleElement().satisfies(call -> {
            assertThat(call.owner()).isEqualTo("acme@example.com");
            assertThat(call.what()).isEqualTo(what);
            assertThat(call.reason()).contains("HostedInstanceTest.hang(");
        });
        released.countDown();
        await(calls);
    }

    private static void await(LimitedCalls calls) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!calls.abandoned().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aCloseThatHangsIsGivenUpAndWatched() throws Exception {
        hosted.start(app(false, true));

        hosted.close();

        assertAbandoned("close");
    }

    @Test
    void aHealthThatHangsIsNamedByItsOwnStack() throws Exception {
        hosted.start(app(true, false));

        assertThatThrownBy(hosted::health)
                .isInstanceOf(OverdueException.class)
                .hasMessageContaining("HostedInstanceTest.hang(");

        assertAbandoned("health");
    }

    @Test
    void anInstanceThatComesUpTooLateIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        AppService late = context -> {
            hang();
            return new AppInstance() {
                @Override
                public void close() {
                    closed.set(true);
                }
            };
        };

        assertThatThrownBy(() -> hosted.start(late)).hasMessageContaining("HostedInstanceTest.hang(");
        hosted.close();

        assertAbandoned("start");
        assertThat(closed).isTrue();
    }

    @Test
    void aTaskThatDoesNotEndIsGivenUpAndWatched() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        hosted.start((AppContext context) -> {
            context.executor().execute(() -> {
                running.countDown();
                hang();
            });
            return app(false, false).start(context);
        });
        running.await();

        hosted.close();

        assertThat(calls.abandoned()).extracting(AbandonedCall::what).containsExactly("task");
        assertAbandoned("task");
    }
}
