package platform.core.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Measures a JVM from outside, with the tools of its own JDK and the files of the kernel. */
final class Probe {

    private static final Duration SETTLE = Duration.ofMillis(500);
    private static final int MOST_SETTLING = 40;

    /** Two ticks of the kernel: what threads that only wait may take of a processor meanwhile. */
    private static final double QUIET_MICROSECONDS = 20_000;

    private static final Duration CLEANERS = Duration.ofMillis(500);

    /** A tool lives for a moment, and takes the processor from the servers. */
    private static final List<String> QUICK_START = List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

    private static final int KILO = 1024;

    private final Jvm jvm;
    private final long pid;
    private final ProcFiles files;

    Probe(Jvm jvm, long pid) {
        this.jvm = jvm;
        this.pid = pid;
        this.files = new ProcFiles(pid);
    }

    /**
     * What is held when the process has come to rest, and after two full collections: what the first one finds dead, a cleaner may free natively in between. What
     * the C library keeps for later is given back to the kernel, so that only what is in use counts.
     */
    Memory memory() {
        settle();
        jcmd("GC.run");
        Pause.of(CLEANERS);
        jcmd("GC.run");
        jcmd("System.trim_native_heap");
        GcTable table = gc();
        return new Memory(
                table.sum("S0U", "S1U", "EU", "OU") * KILO,
                files.statusKilobytes("RssAnon") * KILO,
                files.statusKilobytes("VmRSS") * KILO);
    }

    /** How many objects of a class are left after a collection. */
    long objects(String type) {
        return run("jcmd", String.valueOf(pid), "GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 3 && fields[3].equals(type))
                .mapToLong(fields -> Long.parseLong(fields[1]))
                .sum();
    }

    /** What the heap holds now, in bytes, whatever goes on: what is born after the collection does not count. */
    double liveHeap() {
        return total(run("jcmd", String.valueOf(pid), "GC.class_histogram"));
    }

    /** The bytes of all classes together, in the last line. */
    static double total(String histogram) {
        return histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new BenchException("The histogram of classes has no total: " + histogram));
    }

    /** The most that the heap holds while the work goes on, above what it held before, at rest. */
    double heapGrowth(Runnable work) {
        memory();
        double before = liveHeap();
        CompletableFuture<Void> running = CompletableFuture.runAsync(work);
        double most = before;
        while (!running.isDone()) {
            most = Math.max(most, liveHeap());
        }
        running.join();
        return most - before;
    }

    /** The same of another process of that JVM. */
    Probe of(long other) {
        return new Probe(jvm, other);
    }

    boolean hasAotCache() {
        return jvm.hasAotCache();
    }

    /** Waits until the process takes no processor time: the compiler, and what the last load has left to be done. */
    void settle() {
        double before = 0;
        double now = files.cpuMicroseconds();
        for (int i = 0; i < MOST_SETTLING && now - before > QUIET_MICROSECONDS; i++) {
            Pause.of(SETTLE);
            before = now;
            now = files.cpuMicroseconds();
        }
    }

    /** How often the young generation was collected so far. */
    double youngCollections() {
        return gc().sum("YGC");
    }

    /** The time that all its threads have had on a processor so far, in microseconds. */
    double cpuMicroseconds() {
        return files.cpuMicroseconds();
    }

    private GcTable gc() {
        return GcTable.parse(run("jstat", "-gc", String.valueOf(pid)));
    }

    private void jcmd(String command) {
        run("jcmd", String.valueOf(pid), command);
    }

    private String run(String tool, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jvm.tool(tool)));
        command.addAll(QUICK_START);
        command.addAll(List.of(arguments));
        return Tool.run(command);
    }
}
