package platform.core.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes use, as Linux tells it in {@code /proc}.
 *
 * @param cpuSeconds of all processors, since they began
 * @param bytes of memory (resident set)
 */
record ProcessUse(double cpuSeconds, double bytes) {

    /** Of nobody that can be asked. */
    static final ProcessUse UNKNOWN = new ProcessUse(Double.NaN, Double.NaN);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessUse.class);
    private static final Path PROC = Path.of("/proc");
    /** Linux promises this to programs, whatever its own clock does. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int TIMES_OF_ONE = 2;
    private static final int TIMES_WITH_ENDED_CHILDREN = 4;

    /** The platform's own. */
    static ProcessUse own() {
        return of(ProcessHandle.current().pid());
    }

    /** One process's, without its children. */
    static ProcessUse of(long pid) {
        return seen(() -> new ProcessUse(
                cpu(pid, TIMES_OF_ONE),
                Stream.of("RssAnon", "RssFile", "RssShmem")
                        .mapToDouble(kind -> memory(pid, kind))
                        .sum()));
    }

    /** The platform's own PostgreSQL, all its processes together. */
    static ProcessUse postgresql() {
        return ProcessHandle.current()
                .children()
                .filter(child -> name(child.pid()).equals("postgres"))
                .findFirst()
                .map(ProcessUse::tree)
                .orElse(UNKNOWN);
    }

    /** The memory that they share counts once. What an ended child used is its parent's. */
    private static ProcessUse tree(ProcessHandle parent) {
        List<Long> all = Stream.concat(Stream.of(parent), parent.children())
                .map(ProcessHandle::pid)
                .toList();
        return seen(() -> new ProcessUse(
                cpu(parent.pid(), TIMES_WITH_ENDED_CHILDREN)
                        + all.stream()
                                .skip(1)
                                .mapToDouble(pid -> cpu(pid, TIMES_OF_ONE))
                                .sum(),
                all.stream().mapToDouble(pid -> memory(pid, "RssAnon")).sum()
                        + most(all, "RssFile")
                        + most(all, "RssShmem")));
    }

    private static double most(List<Long> pids, String kind) {
        return pids.stream().mapToDouble(pid -> memory(pid, kind)).max().orElse(0);
    }

    private static ProcessUse seen(Supplier<ProcessUse> look) {
        return Files.isReadable(PROC.resolve("self/stat")) ? look.get() : UNKNOWN;
    }

    /** The fields after the name, which may hold anything, begin with the third. */
    private static double cpu(long pid, int times) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length < USER_TIME + times
                ? 0
                : Stream.of(fields)
                                .skip(USER_TIME)
                                .limit(times)
                                .mapToLong(Long::parseLong)
                                .sum()
                        / TICKS_PER_SECOND;
    }

    private static double memory(long pid, String kind) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith(kind + ":"))
                .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    private static String name(long pid) {
        return read(pid, "comm").strip();
    }

    /** Nothing of a process that has ended meanwhile. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file));
        } catch (IOException e) {
            LOG.debug("Process {} cannot be looked at", pid, e);
            return "";
        }
    }
}
