package platform.core.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.ServiceUse;

/** Tells what a process uses: its processor time since the mark before the last, so that there are always some seconds to divide it by. */
final class UseMeter {

    private static final Logger LOG = LoggerFactory.getLogger(UseMeter.class);
    private static final double WHOLE = 100;

    private final long process;
    private final LongSupplier nanos;
    private Mark before;
    private Mark last;

    /** @param nanos as {@link System#nanoTime()} */
    UseMeter(long process, LongSupplier nanos) {
        this.process = process;
        this.nanos = nanos;
        this.last = mark(ProcessUse.of(process));
        this.before = last;
    }

    /** Remembers this moment; to be called every few seconds. */
    synchronized void mark() {
        before = last;
        last = mark(ProcessUse.of(process));
    }

    synchronized ServiceUse read() {
        ProcessUse use = ProcessUse.of(process);
        double seconds = (nanos.getAsLong() - before.nanos) / 1e9;
        double cpu = seconds > 0 ? WHOLE * (use.cpuSeconds() - before.cpuSeconds) / seconds : 0;
        return new ServiceUse((long) use.bytes(), Math.max(0, cpu), files());
    }

    private Mark mark(ProcessUse use) {
        return new Mark(nanos.getAsLong(), use.cpuSeconds());
    }

    /** None of a process that has ended meanwhile. */
    private int files() {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process), "fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            LOG.debug("The open files of process {} cannot be counted", process, e);
            return 0;
        }
    }

    private record Mark(long nanos, double cpuSeconds) {}
}
