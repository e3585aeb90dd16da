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
        check("heap", heapMegabytes, LEAST_HEAP, "256M");
        check("number of files", files, LEAST_FILES, "4096");
        if (memoryMegabytes != NONE) {
            check(
                    "memory",
                    memoryMegabytes,
                    heapMegabytes + BESIDE_HEAP,
                    "512M, of which the heap takes " + heapMegabytes + "M and the JVM " + BESIDE_HEAP
                            + "M. Or give less heap as well");
        }
        if (cpuPercent != NONE) {
            check("processor share", cpuPercent, LEAST_CPU, "50%");
        }
    }

    private static void check(String what, int value, int least, String example) {
        if (value < least || value > MOST) {
            throw PlatformException.invalid(
                    "A " + what + " of " + value + " makes no sense. Give " + least + " or more: " + example);
        }
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
            return megabytes(ByteSize.parse(size));
        } catch (PlatformException e) {
            throw PlatformException.invalid(e.getMessage() + ", or none");
        }
    }

    public static String memoryText(int megabytes) {
        return megabytes == NONE ? NOTHING : ByteSize.exact((long) megabytes * MEGABYTE);
    }

    public static int megabytes(long bytes) {
        return (int) (bytes / MEGABYTE);
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
        if (!share.matches("\\d{1,5}%?")) {
            throw PlatformException.invalid(
                    InstanceId.quoted(share) + " is no share of a processor. Give percent, such as 50%, or none");
        }
        return Integer.parseInt(share.replace("%", ""));
    }

    public static String cpuText(int percent) {
        return percent == NONE ? NOTHING : percent + "%";
    }
}
