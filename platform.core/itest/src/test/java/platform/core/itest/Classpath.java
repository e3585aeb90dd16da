package platform.core.itest;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this module's tests are compiled and run with. */
final class Classpath {

    private Classpath() {}

    /** The folder of this module's own test classes. */
    static Path testClasses() {
        return entries(Pattern.compile(".*/test-classes/?")).get(0);
    }

    /** The jars whose file names fit. */
    static List<Path> jars(String names) {
        return entries(Pattern.compile(".*/(" + names + ")-[0-9][^/]*\\.jar"));
    }

    private static List<Path> entries(Pattern pattern) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> pattern.matcher(entry).matches())
                .map(Path::of)
                .toList();
    }
}
