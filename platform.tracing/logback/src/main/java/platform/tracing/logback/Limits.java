package platform.tracing.logback;

import ch.qos.logback.core.util.FileSize;

/**
 * How much a log keeps.
 *
 * @param size in bytes; no file grows beyond it
 * @param files how many files there are, the current one included
 */
record Limits(long size, int files) {

    /** A record (a line and its stack trace) always fits in a file of this size. */
    private static final long LEAST_SIZE = FileSize.MB_COEFFICIENT;

    Limits {
        if (size < 1 || files < 1) {
            throw new IllegalArgumentException("A log needs at least one file of at least one byte");
        }
    }

    /**
     * @throws IllegalArgumentException when a value does not have its form or is too small
     */
    static Limits of(TracingConfig config) {
        long size = FileSize.valueOf(config.fileSize()).getSize();
        if (size < LEAST_SIZE) {
            throw new IllegalArgumentException("fileSize=" + config.fileSize() + " is below 1MB");
        }
        return new Limits(size, config.files());
    }
}
