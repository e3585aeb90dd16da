package platform.core.instance;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Threads that wait for each other, and will for ever. The JVM does not tell of virtual ones. */
public final class Deadlocks {

    private static final int FRAMES = 3;

    private Deadlocks() {}

    public static List<ThreadInfo> find() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] ids = threads.findDeadlockedThreads();
        return ids == null
                ? List.of()
                : Arrays.stream(threads.getThreadInfo(ids, FRAMES))
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Who waits for whom, and where. */
    public static String describe(List<ThreadInfo> deadlocked) {
        return deadlocked.stream().map(Deadlocks::describe).collect(Collectors.joining("; "));
    }

    private static String describe(ThreadInfo thread) {
        String at = Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        return "thread '" + thread.getThreadName() + "' waits for " + thread.getLockName() + ", which '"
                + thread.getLockOwnerName() + "' holds, at " + at;
    }
}
