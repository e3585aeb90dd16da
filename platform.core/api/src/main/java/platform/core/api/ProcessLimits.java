package platform.core.api;

/**
 * How much a service may take that runs in a process of its own. They hold from its next start on.
 *
 * @param heapMegabytes of the JVM's heap
 * @param files that it may have open, sockets counted
 */
public record ProcessLimits(int heapMegabytes, int files) {

    /** Unless an administrator has set others. */
    public static final ProcessLimits DEFAULT = new ProcessLimits(256, 4096);

    private static final int LEAST_HEAP = 16;
    private static final int LEAST_FILES = 256;
    private static final int MOST = 1_000_000;

    /**
     * @throws PlatformException of kind INVALID when one makes no sense
     */
    public ProcessLimits {
        check("heap", heapMegabytes, LEAST_HEAP, "256M");
        check("number of files", files, LEAST_FILES, "4096");
    }

    private static void check(String what, int value, int least, String example) {
        if (value < least || value > MOST) {
            throw PlatformException.invalid(
                    "A " + what + " of " + value + " makes no sense. Give " + least + " or more: " + example);
        }
    }
}
