package platform.core.dist;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/**
 * One platform, from the data folder's lock to its release. First everything is looked at that can be said in one
 * sentence when it is wrong; only then does anything start.
 */
final class PlatformProcess {

    private static final String TIMEOUT_VARIABLE = "PLATFORM_START_TIMEOUT";
    private static final long TIMEOUT_SECONDS = 60;

    private final Distribution distribution;
    private final Options options;
    private final Console console;
    private final Instant begun = Instant.now();

    PlatformProcess(Distribution distribution, Options options, Console console) {
        this.distribution = distribution;
        this.options = options;
        this.console = console;
    }

    /** Runs until the platform stops; gives the exit status. */
    int run() {
        logging(distribution);
        console.say("App Platform " + Distribution.version() + ", Java " + System.getProperty("java.version")
                + ", data in " + options.data());
        RestoreMark.of(options.data()).requireNone();
        DataFolder data = DataFolder.open(options.data());
        Shutdown shutdown = new Shutdown(console, DataLock.take(data), new RunFile(data));
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "platform-shutdown"));
        try {
            return run(data, shutdown);
        } finally {
            shutdown.run();
        }
    }

    private int run(DataFolder data, Shutdown shutdown) {
        Map<String, String> settings = FrameworkSettings.of(distribution, data, options);
        // Takes as long as all the looking, and starts nothing.
        CompletableFuture<Framework> made = CompletableFuture.supplyAsync(() -> newFramework(settings));
        new RunFile(data).remove();
        data.requireSpace(data.usableSpace(), data.neededSpace());
        data.adopt(Distribution.version());
        Ports.check(options, data.path("etc/platform.webserver.jetty.cfg"));
        AdminPassword password = AdminPassword.ensure(data, System.getenv(AdminPassword.VARIABLE));
        data.copyDefaults(distribution.etc());
        FormerCache.setAside(data);
        Framework framework = init(made.join());
        shutdown.stopLater(framework);
        return start(framework, data, password, shutdown);
    }

    /** As system properties, and first: the JDK reads its own once, whenever one of its classes first logs. */
    static void logging(Distribution distribution) {
        distribution
                .logging()
                .ifPresent(file ->
                        setDefault("logback.configurationFile", file.toUri().toString()));
        setDefault(
                "java.util.logging.config.file",
                distribution.root().resolve("lib/logging.properties").toString());
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    static Framework framework(Map<String, String> settings) {
        return init(newFramework(settings));
    }

    private static Framework newFramework(Map<String, String> settings) {
        return new FrameworkFactory().newFramework(settings);
    }

    private static Framework init(Framework framework) {
        try {
            framework.init();
            return framework;
        } catch (BundleException e) {
            throw new LaunchException("The OSGi framework cannot start: " + e.getMessage(), e);
        }
    }

    private int start(Framework framework, DataFolder data, AdminPassword password, Shutdown shutdown) {
        Startup startup = new Startup(framework, console);
        Outcome outcome = startup.run(distribution.bundles(), timeoutSeconds());
        return switch (outcome.kind()) {
            case UP -> serve(framework, startup, data, outcome, password, shutdown);
            case DEGRADED ->
                options.mode() == Options.Mode.TRAINING
                        ? fail(outcome.reason(), List.of())
                        : serve(framework, startup, data, outcome, password, shutdown);
            case FAILED -> fail(outcome.reason(), List.of());
            case LATE -> fail(lateness(startup.missing(), data), startup.details());
            case STOPPED -> 0;
        };
    }

    /** How long a start may take. */
    static long timeoutSeconds() {
        String seconds = System.getenv(TIMEOUT_VARIABLE);
        if (seconds == null || seconds.isEmpty()) {
            return TIMEOUT_SECONDS;
        }
        if (!seconds.matches("\\d{1,6}")) {
            throw new LaunchException(TIMEOUT_VARIABLE + " takes seconds, not '" + seconds + "'.");
        }
        return Long.parseLong(seconds);
    }

    private static String lateness(List<String> missing, DataFolder data) {
        String subject = missing.isEmpty() ? "the platform" : String.join(", ", missing);
        return "Still not up after " + timeoutSeconds() + " s: " + subject + "; see " + data.path("logs/platform")
                + ", or give it more time with " + TIMEOUT_VARIABLE + "=SECONDS.";
    }

    private int fail(String reason, List<String> details) {
        console.complain(reason);
        details.forEach(console::complain);
        return 1;
    }

    private int serve(
            Framework framework,
            Startup startup,
            DataFolder data,
            Outcome outcome,
            AdminPassword password,
            Shutdown shutdown) {
        if (options.mode() == Options.Mode.TRAINING) {
            Training.exercise(outcome.addresses());
            return 0;
        }
        startup.onAddresses(changed -> shutdown.whileUp(() -> writeStatus(data, changed)));
        shutdown.up(() -> report(data, outcome, password), () -> AotCache.trainLater(distribution, data));
        FormerCache.removeLater(data);
        return waitForStop(framework);
    }

    private void writeStatus(DataFolder data, List<String> addresses) {
        new RunFile(data).write(options, begun.getEpochSecond(), addresses);
    }

    private void report(DataFolder data, Outcome outcome, AdminPassword password) {
        writeStatus(data, outcome.addresses());
        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
        console.up(seconds, outcome.addresses());
        if (outcome.kind() == Outcome.Kind.DEGRADED) {
            console.complain("Its database cannot be opened, so no instance runs yet: "
                    + outcome.reason().replaceFirst("\\.*$", ".")
                    + " It is tried again; alarm:list says how it stands.");
        }
        password.made().ifPresent(made -> {
            console.say("The administrator is 'admin', the password (shown only now): " + made);
            password.shown();
        });
        console.finish();
    }

    private static int waitForStop(Framework framework) {
        try {
            return framework.waitForStop(0).getType() == FrameworkEvent.ERROR ? 1 : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
