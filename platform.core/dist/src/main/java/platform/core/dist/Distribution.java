package platform.core.dist;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The distribution: the read-only folder that this jar lies in.
 *
 * @param root its path, absolute
 */
record Distribution(Path root) {

    /** The distribution whose {@code lib} folder holds the jar of this class. */
    static Distribution locate() {
        try {
            Path jar = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Distribution(jar.toRealPath().getParent().getParent());
        } catch (URISyntaxException | IOException e) {
            throw new LaunchException("The distribution's folder cannot be found: " + e.getMessage(), e);
        }
    }

    /** The platform's version, as the build wrote it into the jar. */
    static String version() {
        String version = Distribution.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }

    /** The launcher's own jar. */
    Path jar() {
        return root.resolve("lib").resolve("platform.core.dist.jar");
    }

    /** The default configuration, copied into a data folder that lacks it. */
    Path etc() {
        return root.resolve("etc");
    }

    /** The logging configuration that the distribution brings, if it brings one. */
    Optional<Path> logging() {
        return Optional.of(etc().resolve("logback.xml")).filter(Files::isRegularFile);
    }

    /** The bundles by their start level, which is the name of the folder that they lie in. */
    SortedMap<Integer, List<Path>> bundles() {
        SortedMap<Integer, List<Path>> levels = new TreeMap<>();
        for (Path folder : list(root.resolve("bundles"), "[0-9][0-9]")) {
            levels.put(Integer.valueOf(folder.getFileName().toString()), list(folder, "*.jar"));
        }
        if (levels.isEmpty()) {
            throw new LaunchException("The distribution " + root + " holds no bundles: unpack it again.");
        }
        return levels;
    }

    private static List<Path> list(Path folder, String glob) {
        var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new LaunchException("The distribution's folder " + folder + " cannot be read: unpack it again.", e);
        }
    }
}
