package platform.core.manager;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;

/**
 * Reads the kernel's log, what is in it and what comes, for errors of disks and file systems. A thread of its own waits in the
 * kernel, which costs nothing while nothing is written. Where the platform's user may not read it, nothing is watched.
 */
@Component(
        service = {},
        immediate = true)
public final class KernelLogWatch {

    private static final Logger LOG = LoggerFactory.getLogger(KernelLogWatch.class);
    private static final Path LOG_DEVICE = Path.of("/dev/kmsg");
    private static final Path UPTIME = Path.of("/proc/uptime");

    private final FileChannel log;

    @Activate
    public KernelLogWatch(@Reference Alarms alarms) {
        this.log = open();
        if (log != null) {
            FileSystemAlarms watch = new FileSystemAlarms(alarms, boot(Clock.systemUTC()));
            Thread reader = new Thread(() -> read(watch), "kernel log");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private static FileChannel open() {
        try {
            return FileChannel.open(LOG_DEVICE, StandardOpenOption.READ);
        } catch (IOException e) {
            LOG.info(
                    "The kernel's log is not watched for broken disks, since {} cannot be read: {}",
                    LOG_DEVICE,
                    e.toString());
            return null;
        }
    }

    /** When the machine was started: the log counts from then. */
    private static Instant boot(Clock clock) {
        try {
            String seconds = Files.readString(UPTIME).split(" ")[0];
            return clock.instant().minus(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} does not tell since when the machine runs", UPTIME, e);
            return clock.instant();
        }
    }

    private void read(FileSystemAlarms watch) {
        try {
            KernelLog.read(log, watch);
        } catch (AsynchronousCloseException e) {
            LOG.debug("The kernel's log is closed", e);
        } catch (IOException e) {
            LOG.warn("The kernel's log is not watched any more for broken disks: {}", e.toString());
        }
    }

    @Deactivate
    void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}
