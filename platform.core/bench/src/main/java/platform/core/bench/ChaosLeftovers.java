package platform.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is more of after a chaos run than before: databases, roles, processes, files, class loaders, sockets. */
final class ChaosLeftovers {

    private static final String DATABASES_AND_ROLES = "SELECT 'database ' || datname FROM pg_database"
            + " WHERE datname NOT LIKE 'platform spare %' UNION ALL SELECT 'role ' || rolname FROM pg_roles"
            + " WHERE rolname NOT LIKE 'platform spare %'";
    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

    /** Connections to the database, which pools make and drop as they need them. */
    private static final int POOLED = 30;

    /** Bundles whose first class is loaded late; one that leaks with each restart would be far more. */
    private static final int LATE = 5;

    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final PlatformServer platform;
    private final Probe probe;
    private final Set<String> before;
    private final long loaders;
    private final long sockets;

    ChaosLeftovers(PlatformServer platform, Probe probe) {
        this.platform = platform;
        this.probe = probe;
        this.before = things();
        this.loaders = loaders();
        this.sockets = sockets();
    }

    /** Empty as a rule. */
    List<String> find() {
        long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
        List<String> left = left();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Pause.of(LOOK_AGAIN);
            left = left();
        }
        return left;
    }

    private List<String> left() {
        Set<String> more = things();
        more.removeAll(before);
        List<String> left = new ArrayList<>(more);
        more(left, "class loaders", loaders, loaders(), LATE);
        more(left, "sockets of the platform", sockets, sockets(), POOLED);
        return left;
    }

    private static void more(List<String> left, String what, long before, long now, int allowed) {
        if (now > before + allowed) {
            left.add(now + " " + what + " instead of " + before);
        }
    }

    private Set<String> things() {
        Set<String> found = new PostgresTools(platform.data())
                .query("postgres", DATABASES_AND_ROLES)
                .lines()
                .collect(Collectors.toCollection(TreeSet::new));
        for (String folder : List.of("processes", "run", "pgsql/restore", "cache")) {
            names(platform.data().resolve(folder)).forEach(found::add);
        }
        found.addAll(strangers());
        return found;
    }

    private static Stream<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList().stream();
        } catch (IOException e) {
            throw new BenchException("The folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Processes that have to do with this platform's data, and are neither it nor its own, or too many of those. */
    private Set<String> strangers() {
        Set<Long> own = platform.descendants().stream().map(ProcFiles::pid).collect(Collectors.toSet());
        own.add(platform.pid());
        Set<String> found = ProcessHandle.allProcesses()
                .filter(process -> !own.contains(process.pid()))
                .filter(process ->
                        new ProcFiles(process.pid()).isRunWith(platform.data().toString()))
                .map(process -> "process " + process.pid())
                .collect(Collectors.toCollection(TreeSet::new));
        long services = own.stream()
                .filter(pid -> new ProcFiles(pid).isRunWith("platform.core.host.Host"))
                .count();
        found.add(services + " processes of services");
        return found;
    }

    private long loaders() {
        return probe.of(platform.pid()).objects(LOADER);
    }

    private long sockets() {
        return new ProcFiles(platform.pid()).sockets();
    }
}
