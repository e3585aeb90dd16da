package platform.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a backup or a restore that was cut off could leave behind: databases, roles, processes and files. */
final class Leftovers {

    private static final String DATABASES_AND_ROLES =
            "SELECT datname FROM pg_database WHERE datname LIKE 'platform spare %'"
                    + " UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'platform session %'";

    /** A tool that is killed, or a session that ends, is there a moment longer. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Path data;
    private final Set<String> ports = new HashSet<>();

    /** @param data the platform's data folder */
    Leftovers(Path data) {
        this.data = data;
    }

    /** What is there still after a moment; empty as a rule. */
    Set<String> find() {
        long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
        Set<String> left = left();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Pause.of(LOOK_AGAIN);
            left = left();
        }
        return left;
    }

    private Set<String> left() {
        PostgresTools tools = new PostgresTools(data);
        ports.add("PGPORT=" + tools.port());
        Set<String> left = tools.query("postgres", DATABASES_AND_ROLES)
                .lines()
                .filter(line -> !line.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
        left.addAll(files(data.resolve("pgsql/restore")));
        left.addAll(processes());
        return left;
    }

    private static Set<String> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new BenchException("The folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Tools of PostgreSQL's that are to talk with this server, whoever is their parent now. */
    private Set<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").matches(".*/pg_(dump|restore)"))
                .filter(process -> new ProcFiles(process.pid()).environment().anyMatch(ports::contains))
                .map(process -> process.info().command().orElse("") + " " + process.pid())
                .collect(Collectors.toSet());
    }
}
