package platform.core.manager;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import platform.core.api.AppService;
import platform.core.instance.Workers;
import platform.tracing.api.LogUse;
import platform.tracing.api.ServiceLog;
import platform.tracing.api.Tracing;
import platform.webserver.api.PathAliases;
import platform.webserver.api.PathLimits;
import platform.webserver.api.PathSpec;
import platform.webserver.api.RequestStatistics;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebSocketStatistics;
import platform.webserver.api.Webserver;
import platform.webserver.api.WebserverException;

/** The manager's neighbours, as small as its tests need them. */
final class Fakes {

    /** The scripts of the manager's database. */
    static final List<URL> MIGRATIONS = List.of(
            Fakes.class.getResource("/db/manager/V1__instances.sql"),
            Fakes.class.getResource("/db/manager/V2__alarms.sql"),
            Fakes.class.getResource("/db/manager/V3__hosts.sql"),
            Fakes.class.getResource("/db/manager/V4__renamings.sql"),
            Fakes.class.getResource("/db/manager/V5__rotation.sql"),
            Fakes.class.getResource("/db/manager/V6__former_password.sql"),
            Fakes.class.getResource("/db/manager/V7__quotas.sql"),
            Fakes.class.getResource("/db/manager/V9__writes_on_a_full_disk.sql"),
            Fakes.class.getResource("/db/manager/V11__restorations.sql"),
            Fakes.class.getResource("/db/manager/V12__proofs.sql"),
            Fakes.class.getResource("/db/manager/V16__alarm_causes.sql"),
            Fakes.class.getResource("/db/manager/V17__servers.sql"),
            Fakes.class.getResource("/db/manager/V18__departures.sql"),
            Fakes.class.getResource("/db/manager/V19__users.sql"),
            Fakes.class.getResource("/db/manager/V20__audit.sql"),
            Fakes.class.getResource("/db/manager/V21__metrics.sql"),
            Fakes.class.getResource("/db/manager/V23__isolation.sql"),
            Fakes.class.getResource("/db/manager/V24__ssh_keys.sql"),
            Fakes.class.getResource("/db/manager/V26__manager_socket.sql"),
            Fakes.class.getResource("/db/manager/V29__memory_and_cpu.sql"),
            Fakes.class.getResource("/db/manager/V30__trace_flags.sql"));

    private Fakes() {}

    /** Writes an app's jar. */
    static Path jar(Path file, String app, String version) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "app." + app);
        main.putValue("Bundle-Version", version);
        main.putValue("Provide-Capability", "platform.app;platform.app=" + app + ";title=\"The " + app + "\"");
        return jar(file, manifest);
    }

    static Path jar(Path file, Manifest manifest) {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry("content.txt"));
            jar.write("some content that fills the jar ".repeat(100).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** As nobody has configured it. */
    static Supervision supervision(Workers workers) {
        return new Supervision(workers, SupervisionSettings.DEFAULT);
    }

    /** Gives everything up at once, but asks for health only when told. */
    static SupervisionSettings impatient() {
        SupervisionSettings it = SupervisionSettings.DEFAULT;
        Duration brief = Duration.ofMillis(100);
        return new SupervisionSettings(
                it.restart(), brief, brief, it.healthPeriod(), brief, it.startGrace(), 3, brief, it.leakLimit());
    }

    /** Takes no notice of being interrupted. */
    static void hangUntil(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                // It is as stubborn as apps can be.
            }
        }
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It has not come true within 30 s");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** Stands still until it is told. */
    static final class FakeClock extends Clock {

        private volatile Instant now;

        FakeClock(Instant now) {
            this.now = now;
        }

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Keeps the paths in a map. */
    static final class FakeWebserver implements Webserver {

        final Map<String, FakePath> paths = new ConcurrentHashMap<>();
        /** Runs before a path is given back. */
        volatile Runnable beforeClose = () -> {};
        /** Which paths were open when it was said that all are. */
        volatile Set<String> all = Set.of();

        @Override
        public WebPath open(PathSpec spec) {
            FakePath path = new FakePath(spec, this);
            if (paths.putIfAbsent(spec.path(), path) != null) {
                throw new WebserverException("The path " + spec.path() + " is taken");
            }
            return path;
        }

        @Override
        public void checkHost(String host, String owner) {
            boolean taken = paths.values().stream()
                    .anyMatch(path -> path.aliases.host().filter(host::equals).isPresent()
                            && !path.spec.owner().equals(owner));
            if (taken) {
                throw new WebserverException("The host " + host + " is taken");
            }
        }

        @Override
        public void check(String path, String owner) {
            if (!path.startsWith("/")) {
                throw new WebserverException("The path " + path + " does not begin with a slash");
            }
        }

        @Override
        public List<URI> addresses() {
            return List.of(URI.create("http://localhost:8080"));
        }

        @Override
        public void allOpened() {
            all = Set.copyOf(paths.keySet());
        }

        @Override
        public Map<String, Long> refusals() {
            return Map.of("URIs too long", 2L);
        }

        @Override
        public RequestStatistics requests() {
            return RequestStatistics.none();
        }

        /** What a client would see there: 200, 503, or 404. */
        int answer(String path) {
            FakePath found = paths.get(path);
            return found == null ? 404 : found.active ? 200 : 503;
        }
    }

    /** A path that only knows whether it is active. */
    static final class FakePath implements WebPath, WebContext {

        final PathSpec spec;
        private final FakeWebserver webserver;
        volatile PathAliases aliases;
        final Map<String, WebSocketListenerFactory> sockets = new ConcurrentHashMap<>();
        volatile boolean active;
        volatile int cleared;
        volatile int paused;
        volatile PathLimits limits = PathLimits.NONE;
        volatile RequestStatistics requests = RequestStatistics.none();
        volatile URI redirect;
        volatile Duration held = Duration.ZERO;
        volatile boolean awaited;

        FakePath(PathSpec spec, FakeWebserver webserver) {
            this.spec = spec;
            this.webserver = webserver;
            this.aliases = spec.aliases();
        }

        @Override
        public WebContext context() {
            return this;
        }

        @Override
        public void activate() {
            active = true;
            redirect = null;
        }

        @Override
        public void redirect(URI address) {
            active = false;
            redirect = address;
        }

        @Override
        public void suspend(String reason) {
            active = false;
        }

        @Override
        public void hold(Duration limit) {
            held = limit;
        }

        @Override
        public boolean isAwaited() {
            return awaited;
        }

        @Override
        public void pause(String reason) {
            active = false;
            paused++;
        }

        @Override
        public void alias(PathAliases newAliases) {
            aliases = newAliases;
        }

        @Override
        public void limit(PathLimits newLimits) {
            limits = newLimits;
        }

        @Override
        public RequestStatistics requests() {
            return requests;
        }

        @Override
        public WebSocketStatistics statistics() {
            return new WebSocketStatistics(3, 5, 0, 0, 7, 11, 0, 0, 0, 0, 0, Duration.ZERO);
        }

        @Override
        public void clear() {
            cleared++;
        }

        @Override
        public void close() {
            webserver.beforeClose.run();
            webserver.paths.remove(spec.path(), this);
        }

        @Override
        public Registration servlet(String pattern, ServletOptions options, Servlet servlet) {
            return () -> {};
        }

        @Override
        public Registration files(String prefix, Class<?> anchor, String folder) {
            return () -> {};
        }

        @Override
        public Registration webSocket(String path, WebSocketOptions options, WebSocketListenerFactory listeners) {
            sockets.put(path, listeners);
            return () -> sockets.remove(path);
        }
    }

    /** Counts the open logs. */
    static final class FakeTracing implements Tracing {

        final Map<String, String> open = new ConcurrentHashMap<>();
        final Map<String, Long> limits = new ConcurrentHashMap<>();
        volatile LogUse use = new LogUse(0, 0);
        /** Of apps, without an instance. */
        volatile LogUse useOfApps = new LogUse(0, 0);

        final Map<String, Set<String>> traced = new ConcurrentHashMap<>();

        @Override
        public void trace(String instance, Set<String> loggers) {
            traced.put(instance, loggers);
        }

        @Override
        public void limit(String owner, long bytesPerHour) {
            limits.put(owner, bytesPerHour);
        }

        @Override
        public LogUse use(String owner) {
            return owner.contains("@") ? use : useOfApps;
        }

        @Override
        public void forget(String owner) {
            limits.remove(owner);
        }

        @Override
        public ServiceLog open(String app, String loggerPrefix) {
            open.put(app, loggerPrefix);
            return new ServiceLog() {
                @Override
                public Path file() {
                    return Path.of(app + ".log");
                }

                @Override
                public void close() {
                    open.remove(app);
                }
            };
        }
    }

    /** Runs a service that the test gives. */
    static final class FakeHost implements ServiceHost {

        private final AppFile file;
        private final AppService service;
        private final Runnable beforeStart;
        volatile boolean started;
        volatile boolean uninstalled;
        volatile List<URL> migrations = List.of();

        FakeHost(AppFile file, AppService service) {
            this(file, service, () -> {});
        }

        FakeHost(AppFile file, AppService service, Runnable beforeStart) {
            this.file = file;
            this.service = service;
            this.beforeStart = beforeStart;
        }

        @Override
        public AppFile file() {
            return file;
        }

        @Override
        public AppService start() {
            beforeStart.run();
            started = true;
            return service;
        }

        @Override
        public List<URL> migrations() {
            return migrations;
        }

        @Override
        public void stop() {
            started = false;
        }

        @Override
        public void uninstall() {
            stop();
            uninstalled = true;
        }
    }
}
