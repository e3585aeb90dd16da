package platform.db.postgresql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import platform.db.api.DatabaseException;

/**
 * PostgreSQL's client tools, {@code pg_dump} and {@code pg_restore}, which do not travel in the bundle. They are looked for
 * where Debian and the PostgreSQL project put them, each version in a folder of its own, and then in the {@code PATH}. Those of
 * the server's own major version are the best, newer ones do, older ones refuse.
 */
final class ClientTools {

    /** {@code pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)}. */
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private static final List<String> HOMES = List.of("/usr/lib/postgresql", "/usr/pgsql", "/opt/postgresql");

    private final List<Path> homes;
    private final List<Path> folders;
    private final IntSupplier server;

    /**
     * @param homes the folders that have one of each version
     * @param folders some that have tools themselves
     * @param server the server's major version, at the moment
     */
    ClientTools(List<Path> homes, List<Path> folders, IntSupplier server) {
        this.homes = homes;
        this.folders = folders;
        this.server = server;
    }

    /** Those for a server, also after it has been upgraded. */
    static ClientTools of(Server server) {
        return of(List.of(), server::major);
    }

    /** Those in some folders, and those of this machine. */
    static ClientTools of(List<Path> folders, IntSupplier server) {
        return new ClientTools(HOMES.stream().map(Path::of).toList(), folders, server);
    }

    /** Whether this machine has the tool, in a version that fits. */
    boolean has(String tool) {
        return best(found(tool)).isPresent();
    }

    /**
     * Where the tool is.
     *
     * @throws DatabaseException when this machine has none that fits; the message says what to install
     */
    String find(String tool) {
        Map<String, Integer> found = found(tool);
        return best(found).orElseThrow(() -> missing(tool, found));
    }

    private Map<String, Integer> found(String tool) {
        Map<String, Integer> found = new HashMap<>();
        candidates(tool).forEach(path -> version(path).ifPresent(version -> found.put(path, version)));
        return found;
    }

    private Optional<String> best(Map<String, Integer> found) {
        return found.entrySet().stream()
                .filter(it -> it.getValue() >= server.getAsInt())
                .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey);
    }

    private List<String> candidates(String tool) {
        List<String> candidates = new ArrayList<>();
        for (Path home : homes) {
            try (Stream<Path> versions = Files.isDirectory(home) ? Files.list(home) : Stream.empty()) {
                versions.map(version -> version.resolve("bin").resolve(tool))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .forEach(candidates::add);
            } catch (java.io.IOException e) {
                throw new DatabaseException("Cannot look for " + tool + " in " + home + ": " + e, e);
            }
        }
        folders.stream()
                .map(folder -> folder.resolve(tool))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .forEach(candidates::add);
        Command.find(tool).ifPresent(candidates::add);
        return candidates;
    }

    private static Optional<Integer> version(String path) {
        Matcher version =
                VERSION.matcher(Command.run(List.of(path, "--version")).output());
        return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
    }

    private DatabaseException missing(String tool, Map<String, Integer> tooOld) {
        String what = tooOld.isEmpty()
                ? "This machine has no " + tool
                : "This machine's " + tool + " is too old for PostgreSQL " + server.getAsInt() + ": " + tooOld;
        return new DatabaseException(
                what + ": " + howToInstall(Integer.toString(server.getAsInt())) + "; no restart is needed");
    }

    static String howToInstall(String major) {
        return "install PostgreSQL's client tools, version " + major
                + " or newer, by 'apt-get install postgresql-client' on Debian and Ubuntu, 'dnf install postgresql' on"
                + " Fedora and Red Hat, or where those are older, the package for " + major
                + " of www.postgresql.org/download";
    }
}
