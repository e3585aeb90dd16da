package platform.core.child;

/** How a process ended, in words. */
final class ChildExit {

    /** What the JVM says before {@code -XX:+ExitOnOutOfMemoryError} ends it. */
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    /** A shell's way to tell of a signal, which Java's {@link Process#exitValue} follows. */
    private static final int SIGNAL = 128;

    private volatile String outOfMemory;

    /** A line that the process wrote to its error output. */
    void hear(String line) {
        if (line.startsWith(OUT_OF_MEMORY)) {
            outOfMemory = line.substring(line.indexOf(':') + 1).strip();
        }
    }

    /** One sentence. */
    String describe(int status) {
        if (outOfMemory != null) {
            return "Its process ran out of memory (" + outOfMemory + ").";
        }
        if (status > SIGNAL && status <= SIGNAL + 64) {
            return "Its process was killed by signal " + (status - SIGNAL) + ".";
        }
        return "Its process ended with exit status " + status + ".";
    }
}
