package platform.core.api;

/**
 * How much a service may take that runs in a process of its own. They hold from its next start on.
 *
 * @param heapMegabytes of the JVM's heap
 * @param files that it may have open, sockets counted
 * @param memoryMegabytes of the whole process; {@link #NONE} for no limit but those of the JVM
 * @param cpuPercent of one processor, so 150 is one and a half; {@link #NONE} for no limit
 */
public record ProcessLimits(int heapMegabytes, int files, int memoryMegabytes, int cpuPercent) {

    /** No limit. */
    public static final int NONE = 0;

    /** Unless an administrator has set others. */
    public static final ProcessLimits DEFAULT = new ProcessLimits(256, 4096, NONE, NONE);

    /** What a JVM needs beside its heap, in megabytes: for classes, compiled code, threads and buffers. */
    public static final int BESIDE_HEAP = 96;

    private static final int LEAST_HEAP = 16;
    private static final int LEAST_FILES = 256;
    private static final int LEAST_CPU = 5;
    private static final int MOST = 1_000_000;
    private static final int MEGABYTE = 1024 * 1024;
    private static final String NOTHING = "none";

    /**
     * @throws PlatformException of kind INVALID when one makes no sense
     */
    public ProcessLimits {
        check("heap", heapMegabytes, LEAST_HEAP, "M", "256M");
        check("number of files", files, LEAST_FILES, "", "4096");
        if (memoryMegabytes != NONE) {
            check(
                    "memory",
                    memoryMegabytes,
                    heapMegabytes + BESIDE_HEAP,
                    "M",
                    "512M, of which the heap takes " + heapMegabytes + "M and the JVM " + BESIDE_HEAP
                            + "M. Or give less heap as well");
        }
        if (cpuPercent != NONE) {
            check("processor share", cpuPercent, LEAST_CPU, "%", "50%");
        }
    }

    private static void check(String what, int value, int least, String unit, String example) {
        if (value < least || value > MOST) {
            throw PlatformException.invalid("A " + what + " of " + value + unit + " makes no sense. Give " + least
                    + unit + " to " + MOST + unit + ", such as " + example);
        }
    }

    /**
     * Refuses what this machine cannot give: a heap that does not fit would have the kernel end some process.
     *
     * @param machineMegabytes its memory
     * @throws PlatformException of kind INVALID when heap or memory are more
     */
    public void requireWithin(int machineMegabytes) {
        requireWithin("heap", heapMegabytes, machineMegabytes);
        requireWithin("memory", memoryMegabytes, machineMegabytes);
    }

    private static void requireWithin(String what, int megabytes, int machineMegabytes) {
        if (megabytes > machineMegabytes) {
            throw PlatformException.invalid("A " + what + " of " + megabytes
                    + "M is more than this machine's memory of " + machineMegabytes + "M. Give less");
        }
    }

    /**
     * Reads a heap as people write it, {@code 256M}: in whole megabytes.
     *
     * @throws PlatformException INVALID when it is none
     */
    public static int heap(String size) {
        long bytes = ByteSize.parse(size);
        if (bytes == 0 || bytes % MEGABYTE != 0 || bytes / MEGABYTE > MOST) {
            throw PlatformException.invalid(InstanceId.quoted(size) + " is no number of whole megabytes from 1M to "
                    + MOST + "M, such as 256M");
        }
        return (int) (bytes / MEGABYTE);
    }

    /**
     * Reads a memory as people write it, {@code 512M} or {@code none}: in whole megabytes.
     *
     * @throws PlatformException INVALID when it is none
     */
    public static int memory(String size) {
        if (size.equals(NOTHING)) {
            return NONE;
        }
        try {
            return heap(size);
        } catch (PlatformException e) {
            throw PlatformException.invalid(e.getMessage() + ", or none");
        }
    }

    public static String memoryText(int megabytes) {
        return megabytes == NONE ? NOTHING : ByteSize.exact((long) megabytes * MEGABYTE);
    }

    /**
     * Reads a share of one processor as people write it, {@code 50%} or {@code none}: in percent.
     *
     * @throws PlatformException INVALID when it is none
     */
    public static int cpu(String share) {
        if (share.equals(NOTHING)) {
            return NONE;
        }
        if (!share.matches("[1-9]\\d{0,4}%?")) {
            // Not even zero, which would lift the limit.
            throw PlatformException.invalid(InstanceId.quoted(share)
                    + " is no share of a processor. Give percent, from " + LEAST_CPU + "% on, such as 50%, or none");
        }
        return Integer.parseInt(share.replace("%", ""));
    }

    public static String cpuText(int percent) {
        return percent == NONE ? NOTHING : percent + "%";
    }
}
