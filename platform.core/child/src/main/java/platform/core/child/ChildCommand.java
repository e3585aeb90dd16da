package platform.core.child;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import platform.core.api.ProcessLimits;

/**
 * The arguments of a process, one by one: no shell reads them.
 *
 * @param user the number of its user and group; 0 for the platform's own
 * @param classPath of its JVM
 * @param temporary where it may write what it likes
 * @param cache options of its JVM about a cache of classes; may be none
 */
public record ChildCommand(int user, ProcessLimits limits, List<Path> classPath, Path temporary, List<String> cache) {

    private static final int COMPACT_HEADERS = 25;
    private static final int MOST_METASPACE = 256;

    /** It goes after the platform and everybody without a limit, also where the kernel holds it to no share. */
    private static final String NICENESS = "10";

    private static final int WHOLE_PROCESSOR = 100;

    /** A virtual thread in an endless loop never gives its place back, of which there are as many as processors. */
    private static final int PLACES_FOR_ENDLESS_LOOPS = 16;

    /** All of them. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        // Out of reach of a signal to the platform's terminal (Ctrl-C).
        find("setsid").ifPresent(words::add);
        if (limits.cpuPercent() != ProcessLimits.NONE) {
            find("nice").ifPresent(tool -> words.addAll(List.of(tool, "-n", NICENESS)));
        }
        find("prlimit").ifPresent(tool -> {
            words.add(tool);
            words.add("--nofile=" + limits.files());
        });
        find("setpriv").ifPresent(tool -> {
            words.add(tool);
            words.addAll(List.of("--pdeathsig", "KILL", "--no-new-privs"));
            if (user != 0) {
                words.addAll(List.of("--reuid=" + user, "--regid=" + user, "--clear-groups"));
            }
        });
        words.addAll(jvm());
        return words;
    }

    private List<String> jvm() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(
                "-Xms8m",
                "-Xmx" + limits.heapMegabytes() + "m",
                "-XX:MaxMetaspaceSize=" + metaspace() + "m",
                "-XX:MaxDirectMemorySize=" + buffers() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // Its standard output belongs to the calls.
                "-XX:+DisplayVMOutputToStderr",
                "-XX:+ErrorFileToStderr",
                "-Djdk.virtualThreadScheduler.parallelism="
                        + (Runtime.getRuntime().availableProcessors() + PLACES_FOR_ENDLESS_LOOPS),
                // After a change of its password the server ends connections that nobody uses: each is looked at when
                // it is lent.
                "-Dcom.zaxxer.hikari.aliveBypassWindowMs=0",
                "-Djava.io.tmpdir=" + temporary));
        if (Runtime.version().feature() >= COMPACT_HEADERS) {
            words.addAll(List.of("-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow"));
        }
        if (limits.cpuPercent() != ProcessLimits.NONE) {
            words.add("-XX:ActiveProcessorCount=" + processors());
        }
        words.addAll(cache);
        words.add("-cp");
        words.add(String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        words.add("platform.core.host.Host");
        return words;
    }

    /** Half of what a limit of memory leaves beside the heap; the rest is for buffers, compiled code and threads. */
    private int metaspace() {
        return limits.memoryMegabytes() == ProcessLimits.NONE ? MOST_METASPACE : Math.min(MOST_METASPACE, beside() / 2);
    }

    private int buffers() {
        return limits.memoryMegabytes() == ProcessLimits.NONE
                ? limits.heapMegabytes()
                : Math.min(limits.heapMegabytes(), beside() / 4);
    }

    private int processors() {
        return (limits.cpuPercent() + WHOLE_PROCESSOR - 1) / WHOLE_PROCESSOR;
    }

    private int beside() {
        return limits.memoryMegabytes() - limits.heapMegabytes();
    }

    /** Where a program lies, if the machine has it. */
    static Optional<String> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
