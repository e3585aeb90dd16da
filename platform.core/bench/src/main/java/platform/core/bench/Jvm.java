package platform.core.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java and how it is run. All servers have the same flags. The heap does not grow or shrink, and the young generation
 * is small and of a fixed size: so a run's few thousand first connections touch all of it, and what grows afterwards are
 * the connections. 768 MB hold 19,000 connections of the largest server with TLS.
 */
record Jvm(JvmName name, Path home, String version) {

    private static final List<String> HEAP = List.of("-Xms768m", "-Xmx768m", "-Xmn64m", "-XX:-AlwaysPreTouch");
    private static final int COMPACT_HEADERS_SINCE = 25;
    private static final int AOT_CACHE_SINCE = 25;
    private static final int UNSAFE_WARNS_SINCE = 23;
    private static final int NATIVE_ACCESS_WARNS_SINCE = 24;

    List<String> flags() {
        List<String> flags = new ArrayList<>(HEAP);
        flags.add(name.collector().flag());
        flags.add("-XX:+ExitOnOutOfMemoryError");
        if (name.major() >= COMPACT_HEADERS_SINCE) {
            flags.add("-XX:+UseCompactObjectHeaders");
        }
        if (name.major() >= UNSAFE_WARNS_SINCE) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (name.major() >= NATIVE_ACCESS_WARNS_SINCE) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return flags;
    }

    /** Whether it can take classes from an AOT cache (JEP 514). */
    boolean hasAotCache() {
        return name.major() >= AOT_CACHE_SINCE;
    }

    /** One of its programs. */
    String tool(String program) {
        return home.resolve("bin").resolve(program).toString();
    }
}
