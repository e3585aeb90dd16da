package platform.core.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.ProcessLimits;

/**
 * A control group of Linux (kernel: Documentation/admin-guide/cgroup-v2.rst).
 *
 * @param folder that stands for it
 */
record ControlGroup(Path folder) implements AutoCloseable {

    static final List<String> CONTROLLERS = List.of("memory", "cpu");

    /** The name of the group of the platform itself, without those that have limits. */
    static final String PLATFORM = "platform";

    private static final Logger LOG = LoggerFactory.getLogger(ControlGroup.class);
    private static final long MEGABYTE = 1L << 20;

    /** In microseconds: what the share is a share of. */
    private static final int PERIOD = 100_000;

    /** Without swap, or a process at its limit would go on and slow the machine down. */
    void limit(ProcessLimits limits) throws IOException {
        if (limits.memoryMegabytes() != ProcessLimits.NONE) {
            set("memory.max", Long.toString(limits.memoryMegabytes() * MEGABYTE));
            set("memory.oom.group", "1");
            if (Files.exists(folder.resolve("memory.swap.max"))) {
                set("memory.swap.max", "0");
            }
        }
        if (limits.cpuPercent() != ProcessLimits.NONE) {
            set("cpu.max", limits.cpuPercent() * (PERIOD / 100L) + " " + PERIOD);
        }
    }

    void add(long process) throws IOException {
        set("cgroup.procs", Long.toString(process));
    }

    private void set(String file, String value) throws IOException {
        Files.writeString(folder.resolve(file), value);
    }

    /** Whether the kernel has killed what is in it since its memory was used up. */
    boolean ranOut() {
        try (Stream<String> events = Files.lines(folder.resolve("memory.events"))) {
            return events.anyMatch(line -> line.matches("oom_kill [1-9]\\d*"));
        } catch (IOException e) {
            LOG.debug("What happened in {} is unknown", folder, e);
            return false;
        }
    }

    /** Removes it; nothing runs in it any more. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("The control group {} cannot be removed", folder, e);
        }
    }
}
