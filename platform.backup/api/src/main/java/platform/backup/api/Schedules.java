package platform.backup.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * When backups are made without being asked for. Each schedule is a file {@code etc/platform.backup.Schedule-NAME.cfg}, which
 * may as well be written by hand. What is due is begun within a few seconds; one run at a time. Any thread may call it.
 */
@ProviderType
public interface Schedules {

    /** All schedules by name. */
    List<ScheduleInfo> list();

    Optional<ScheduleInfo> find(String name);

    /** What is wrong with files that cannot be used, by the name of the schedule: a sentence each. */
    Map<String, String> unusable();

    /**
     * Adds a schedule. It is due for the first time after now.
     *
     * @throws BackupException when it makes no sense, there is one of that name, or the file cannot be written
     */
    ScheduleInfo add(ScheduleSpec spec);

    /**
     * Replaces the schedule of that name. With another cron expression or zone it begins anew: nothing before now is due.
     *
     * @throws BackupException when it makes no sense, there is none of that name, or the file cannot be written
     */
    ScheduleInfo edit(ScheduleSpec spec);

    /**
     * Removes a schedule. Its backups stay; a run of it that is under way ends.
     *
     * @throws BackupException when there is none of that name, or the file cannot be removed
     */
    void remove(String name);

    /**
     * Runs the schedule now, outside its window, and waits for the end; an interrupt cuts it off.
     *
     * @param ended is told of each backup that has ended, on any thread
     * @param underWay gives who hears how far the backup of an instance is; several may be under way at once
     * @throws BackupException when there is none of that name, another run is under way, or nothing can be begun now
     */
    ScheduleInfo run(String name, Consumer<String> ended, Function<String, BackupProgress> underWay);

    /**
     * When the schedule is due next.
     *
     * @param count how many times, 1 to 1000
     * @throws BackupException when there is none of that name
     */
    List<Instant> next(String name, int count);
}
