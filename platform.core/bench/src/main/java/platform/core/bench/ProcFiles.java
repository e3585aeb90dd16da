package platform.core.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What Linux tells of a process, see proc(5). */
final class ProcFiles {

    /** The kernel shows 100 ticks a second to programs, whatever it counts in. */
    private static final double TICK_MICROSECONDS = 10_000;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private static final int STATE = 0;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_USER_TIME = 13;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    private final Path folder;

    ProcFiles(long pid) {
        this(Path.of("/proc", String.valueOf(pid)));
    }

    ProcFiles(Path folder) {
        this.folder = folder;
    }

    /** User and system time of all threads. */
    double cpuMicroseconds() {
        return ticks(USER_TIME, SYSTEM_TIME) * TICK_MICROSECONDS;
    }

    /** That of the processes that it has started and that have ended; 0 when it is no more itself. */
    double endedChildrenCpuMicrosecondsOrNone() {
        return isThere() ? ticks(CHILDREN_USER_TIME, CHILDREN_SYSTEM_TIME) * TICK_MICROSECONDS : 0;
    }

    /** Waits until it has ended: its parent may be none of ours, and take its time to notice. */
    void awaitEnd() {
        while (!hasEnded()) {
            Pause.of(LOOK_AGAIN);
        }
    }

    /** Whether it is no more, or only its number is, until its parent takes notice (a zombie). */
    boolean hasEnded() {
        try {
            return !isThere() || fields()[STATE].equals("Z");
        } catch (BenchException goneMeanwhile) {
            return true;
        }
    }

    private String[] fields() {
        String stat = read("stat");
        // The second field is the program's name in parentheses, and may hold blanks.
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    private double ticks(int first, int second) {
        String[] fields = fields();
        return Long.parseLong(fields[first]) + Long.parseLong(fields[second]);
    }

    /** The same; 0 when the process is no more. */
    double cpuMicrosecondsOrNone() {
        return isThere() ? cpuMicroseconds() : 0;
    }

    private boolean isThere() {
        return Files.exists(folder.resolve("stat"));
    }

    double statusKilobytes(String key) {
        return status(key);
    }

    double threads() {
        return status("Threads");
    }

    /** Its part of resident memory: what is shared by several processes is divided among them. */
    double proportionalKilobytes() {
        return number("smaps_rollup", "Pss");
    }

    private double status(String key) {
        return number("status", key);
    }

    private double number(String file, String key) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new BenchException("The kernel does not tell " + key + " of " + folder + "."));
    }

    /** How many files the process may have open at most. */
    int openFilesLimit() {
        return read("limits")
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s{2,}")[2])
                .mapToInt(hard -> hard.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(hard))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** Its variables as {@code NAME=value}; none when it is no more. */
    Stream<String> environment() {
        try {
            return Stream.of(read("environ").split("\0"));
        } catch (BenchException e) {
            return Stream.empty();
        }
    }

    long pid() {
        return Long.parseLong(folder.getFileName().toString());
    }

    /** Whether a word is part of its command; not when it is no more. */
    boolean isRunWith(String word) {
        try {
            return read("cmdline").contains(word);
        } catch (BenchException e) {
            return false;
        }
    }

    /** How many sockets it has open. */
    long sockets() {
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            return files.filter(ProcFiles::isSocket).count();
        } catch (IOException e) {
            throw new BenchException("The files of " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** One that is closed meanwhile is none. */
    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new BenchException("The process " + folder.getFileName() + " is no more: " + e.getMessage(), e);
        }
    }
}
