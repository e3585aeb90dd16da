package platform.core.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * One step of the restore of a whole platform onto an empty data folder. The bundles do it: a service that is called by its
 * property {@code platform.restore}. As long as there is no manager's database, there runs no manager.
 */
final class RestoreProcess {

    /** Where the libraries lie that the database does not need, and the webserver. */
    private static final int LIBRARY_LEVEL = 3;

    private static final String WEBSERVER_BUNDLE = "platform.webserver.jetty.jar";

    /** Where the bundle lies that makes backups and restores them. */
    private static final int BACKUP_LEVEL = 4;

    private static final String BACKUP_BUNDLE = "platform.backup.archive.jar";

    private final Distribution distribution;
    private final RestoreOptions options;
    private final Console console;

    RestoreProcess(Distribution distribution, RestoreOptions options, Console console) {
        this.distribution = distribution;
        this.options = options;
        this.console = console;
    }

    int run() {
        return switch (options.phase()) {
            case PLAN -> plan();
            case MANAGER -> inDataFolder(this::manager);
            case INSTANCES -> inDataFolder(this::instances);
        };
    }

    /** In a folder of its own: the data folder is not even made. */
    private int plan() {
        RestoreMark.of(options.data()).requireEmptyOrBegun();
        Path folder = temporary();
        try {
            DataFolder data = DataFolder.open(folder.resolve("data"));
            Shutdown shutdown = begin(data);
            try {
                call(framework(data, shutdown, bundles(1)));
            } finally {
                shutdown.run();
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    /** What is done in the data folder. */
    private interface Work {
        void in(DataFolder data, Shutdown shutdown);
    }

    private int inDataFolder(Work work) {
        RestoreMark mark = RestoreMark.of(options.data());
        mark.requireEmptyOrBegun();
        if (!mark.hasManager()) {
            mark.begin();
        }
        DataFolder data = DataFolder.open(options.data());
        Shutdown shutdown = begin(data);
        try {
            data.requireSpace(data.usableSpace(), data.neededSpace());
            data.adopt(Distribution.version());
            work.in(data, shutdown);
        } finally {
            shutdown.run();
        }
        return 0;
    }

    private void manager(DataFolder data, Shutdown shutdown) {
        RestoreMark mark = RestoreMark.of(data.root());
        if (mark.hasManager()) {
            console.say("The manager is restored already.");
            return;
        }
        call(framework(data, shutdown, bundles(2)));
        mark.managerDone();
    }

    private void instances(DataFolder data, Shutdown shutdown) {
        RestoreMark mark = RestoreMark.of(data.root());
        if (!mark.hasManager()) {
            throw new LaunchException("The manager must be restored first: give the command platform restore.");
        }
        Framework framework = framework(data, shutdown, distribution.bundles());
        await(framework, "(osgi.condition.id=platform.ready)");
        call(framework);
        mark.end();
        console.say("The platform is restored in " + data.root() + ". Start it: platform start --data " + data.root());
    }

    private Shutdown begin(DataFolder data) {
        PlatformProcess.logging(distribution);
        Shutdown shutdown = new Shutdown(console, DataLock.take(data), new RunFile(data));
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "platform-shutdown"));
        return shutdown;
    }

    /** The levels up to this one, the libraries, and what makes backups. */
    private SortedMap<Integer, List<Path>> bundles(int level) {
        SortedMap<Integer, List<Path>> all = distribution.bundles();
        SortedMap<Integer, List<Path>> some = new TreeMap<>(all.headMap(level + 1));
        some.put(LIBRARY_LEVEL, some(all, LIBRARY_LEVEL, file -> !file.endsWith(WEBSERVER_BUNDLE)));
        some.put(BACKUP_LEVEL, some(all, BACKUP_LEVEL, file -> file.endsWith(BACKUP_BUNDLE)));
        return some;
    }

    private static List<Path> some(Map<Integer, List<Path>> levels, int level, Predicate<Path> which) {
        return levels.getOrDefault(level, List.of()).stream().filter(which).toList();
    }

    private Framework framework(DataFolder data, Shutdown shutdown, Map<Integer, List<Path>> levels) {
        Options ports = new Options(data.root(), 0, 0, "127.0.0.1", Options.Mode.RUN);
        Framework framework = PlatformProcess.framework(FrameworkSettings.of(distribution, data, ports));
        shutdown.stopLater(framework);
        try {
            new BootBundles(console::complain).start(framework, levels);
        } catch (BundleException e) {
            throw new LaunchException("The OSGi framework did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("The start was interrupted.", e);
        }
        return framework;
    }

    @SuppressWarnings("unchecked")
    private void call(Framework framework) {
        Object service = await(framework, "(platform.restore=" + options.phase().id() + ")");
        try {
            ((BiConsumer<Map<String, String>, Consumer<String>>) service).accept(options.request(), console::say);
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            throw new LaunchException(message.endsWith(".") ? message : message + ".", e);
        }
    }

    private static Object await(Framework framework, String filter) {
        try {
            ServiceTracker<Object, Object> tracker = new ServiceTracker<>(
                    framework.getBundleContext(), framework.getBundleContext().createFilter(filter), null);
            tracker.open(true);
            long seconds = PlatformProcess.timeoutSeconds();
            Object service = tracker.waitForService(TimeUnit.SECONDS.toMillis(seconds));
            if (service == null) {
                throw new LaunchException("Still not up after " + seconds + " s; give it more time with"
                        + " PLATFORM_START_TIMEOUT=SECONDS. "
                        + String.join(" ", Components.problems(framework.getBundleContext())));
            }
            return service;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("The restore was interrupted.", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("platform-restore");
        } catch (IOException e) {
            throw new LaunchException("No temporary folder can be made: " + e + ".", e);
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new LaunchException("The folder " + folder + " cannot be removed: " + e + ".", e);
        }
    }
}
