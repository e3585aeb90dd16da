package platform.core.manager;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.db.api.DiskLevel;
import platform.db.api.DiskStatus;

/** Raises an alarm while the disk has little room, worse with each level, that names the instances which use most. */
final class DiskAlarms {

    private static final Logger LOG = LoggerFactory.getLogger(DiskAlarms.class);
    private static final String SOURCE = "platform";
    private static final String CODE = "disk-full";
    private static final int NAMED = 5;

    private final Alarms alarms;
    private final Supplier<Map<String, Long>> sizes;

    /** @param sizes what the databases take, by the names of their instances; may throw while the server is away */
    DiskAlarms(Alarms alarms, Supplier<Map<String, Long>> sizes) {
        this.alarms = alarms;
        this.sizes = sizes;
    }

    void show(DiskStatus status) {
        if (status.level() == DiskLevel.OK) {
            alarms.clear(SOURCE, CODE);
        } else {
            alarms.raise(new AlarmSpec(
                    SOURCE, CODE, severity(status.level()), text(status), largest(), List.of("platform:disk")));
        }
    }

    private static AlarmSeverity severity(DiskLevel level) {
        return switch (level) {
            case OK, LOW -> AlarmSeverity.WARNING;
            case VERY_LOW -> AlarmSeverity.MAJOR;
            case FULL -> AlarmSeverity.CRITICAL;
        };
    }

    private String text(DiskStatus status) {
        String room = megabytes(Math.max(0, status.room()));
        return switch (status.level()) {
            case OK, LOW -> "The disk of the data folder has " + room + " left.";
            case VERY_LOW ->
                "The disk of the data folder has " + room + " left: logs, backups and dumps do not grow any more.";
            case FULL ->
                "The disk of the data folder is full: the databases take no writes, the reserve is given up."
                        + " Make room for " + megabytes(status.missing()) + ", then all comes back by itself.";
        };
    }

    private String largest() {
        List<String> largest = sizes().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(each -> each.getKey() + " " + megabytes(each.getValue()))
                .toList();
        return largest.isEmpty() ? "" : "Most is used by " + String.join(", ", largest) + ".";
    }

    private Map<String, Long> sizes() {
        try {
            return sizes.get();
        } catch (RuntimeException e) {
            LOG.debug("The alarm names no instances: the server does not answer", e);
            return Map.of();
        }
    }

    /** Rounded up: who makes so much room has made enough. */
    private static String megabytes(long bytes) {
        return (bytes + (1 << 20) - 1 >> 20) + " MB";
    }
}
