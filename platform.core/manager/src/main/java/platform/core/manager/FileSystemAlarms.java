package platform.core.manager;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/**
 * Raises an alarm when the kernel reports an error of a disk or a file system. No line says that such a trouble is over, so it
 * stays until somebody clears it; what was reported before that does not bring it back when the log is read anew.
 */
final class FileSystemAlarms implements Consumer<KernelLog.Line> {

    static final String CODE = "file-system-broken";
    private static final String SOURCE = "platform";

    private static final Pattern TROUBLE = Pattern.compile(
            "\\bI/O error\\b|critical (medium|target) error"
                    + "|\\b(EXT[234]-fs|BTRFS|F2FS-fs|FAT-fs|NILFS|JBD2|JFS|ZFS)\\b.*\\b(error|corrupt\\w*|abort\\w*)\\b"
                    + "|\\bXFS\\b.*\\b(corruption|shutting down)\\b|remounting filesystem read-only"
                    + "|md/raid.*(Disk failure|failed)|rejecting I/O to offline device",
            Pattern.CASE_INSENSITIVE);

    private final Alarms alarms;
    private final Instant boot;
    private final Instant settled;

    /** @param boot when the machine was started: the log counts from then */
    FileSystemAlarms(Alarms alarms, Instant boot) {
        this.alarms = alarms;
        this.boot = boot;
        this.settled = alarms.history(Integer.MAX_VALUE).stream()
                .filter(it -> it.code().equals(CODE))
                .flatMap(it -> it.cleared().stream())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    @Override
    public void accept(KernelLog.Line line) {
        Instant at = boot.plus(line.sinceBoot());
        if (line.isKernelError() && TROUBLE.matcher(line.text()).find() && at.isAfter(settled) && isNews(at)) {
            alarms.raise(new AlarmSpec(
                    SOURCE,
                    CODE,
                    AlarmSeverity.CRITICAL,
                    "The kernel reports a broken disk or file system: " + line.text(),
                    "The disk, its cable or its controller fails, or the file system on it is damaged. Make a backup now; look"
                            + " at the disk (smartctl -a) and check the file system (fsck). Then alarm:clear "
                            + SOURCE + "/" + CODE + ".",
                    List.of()));
        }
    }

    /** After a restart of the platform the same lines are read again. */
    private boolean isNews(Instant at) {
        return alarms.active().stream()
                .filter(it -> it.code().equals(CODE))
                .map(AlarmInfo::last)
                .allMatch(at::isAfter);
    }
}
