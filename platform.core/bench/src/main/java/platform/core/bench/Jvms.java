package platform.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine, sought where the command {@code platform} seeks them; of each major version the newest. */
final class Jvms {

    private static final List<Integer> COMPARED = List.of(17, 25);
    private static final List<String> PLACES = List.of("/usr/lib/jvm", "/opt", "/usr/local");

    private final Map<Integer, Jdk> newest = new TreeMap<>();

    Jvms(Collection<Path> homes) {
        for (Path home : homes) {
            add(home);
        }
    }

    private record Jdk(Path home, Runtime.Version version) {}

    static Jvms ofThisMachine() {
        List<Path> homes = new ArrayList<>();
        for (String variable : List.of("PLATFORM_JAVA_HOME", "JAVA_HOME")) {
            String home = System.getenv(variable);
            if (home != null && !home.isBlank()) {
                homes.add(Path.of(home));
            }
        }
        homes.add(Path.of(System.getProperty("java.home")));
        PLACES.forEach(place -> homes.addAll(folders(Path.of(place))));
        return new Jvms(homes);
    }

    private static List<Path> folders(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(place)) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new BenchException("The folder " + place + " cannot be searched for JDKs: " + e.getMessage(), e);
        }
    }

    /** Only what has the tools that measure counts. */
    private void add(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/jcmd")) || !Files.isReadable(release)) {
            return;
        }
        Jdk jdk = new Jdk(home, version(release));
        newest.merge(
                jdk.version().feature(),
                jdk,
                (one, other) -> one.version().compareTo(other.version()) >= 0 ? one : other);
    }

    private static Runtime.Version version(Path release) {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        } catch (IOException e) {
            throw new BenchException("The file " + release + " cannot be read: " + e.getMessage(), e);
        }
        return Runtime.Version.parse(
                properties.getProperty("JAVA_VERSION", "\"8\"").replace("\"", ""));
    }

    Jvm get(JvmName name) {
        Jdk jdk = newest.get(name.major());
        if (jdk == null) {
            throw new BenchException("There is no JDK " + name.major() + " here, only " + newest.keySet()
                    + ": install one, or choose others with --jvm.");
        }
        return new Jvm(name, jdk.home(), jdk.version().toString());
    }

    /** Each of 17 and 25 that is here, with each collector. */
    List<Jvm> compared() {
        List<Jvm> all = new ArrayList<>();
        for (int major : COMPARED) {
            for (Collector collector : newest.containsKey(major) ? Collector.values() : new Collector[0]) {
                all.add(get(new JvmName(major, collector)));
            }
        }
        if (all.isEmpty()) {
            throw new BenchException("There is no JDK 17 or 25 here, only " + newest.keySet()
                    + ": install one, or choose others with --jvm.");
        }
        return all;
    }

    /** The newest of 17 and 25, as the platform itself runs. */
    List<Jvm> quick() {
        List<Jvm> all = compared();
        return all.subList(all.size() - 1, all.size());
    }
}
