package platform.backup.archive;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;

/** What the schedules have done, in memory and in a file each. Any thread may call it. */
final class ScheduleStates {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleStates.class);

    private final Path folder;
    private final Map<String, ScheduleState> states = new HashMap<>();

    ScheduleStates(Path folder) {
        this.folder = folder;
    }

    /** What this schedule has done; one that is new, or has a new rule, begins now. */
    synchronized ScheduleState of(ScheduleBook.Entry entry, Instant now) {
        ScheduleState known = states.get(entry.name());
        if (known == null) {
            known = StateFile.read(file(entry.name())).orElse(null);
        }
        ScheduleState state = known == null ? ScheduleState.begin(entry.rule(), now) : known.under(entry.rule(), now);
        states.put(entry.name(), state);
        if (!state.equals(known)) {
            write(entry.name(), state);
        }
        return state;
    }

    synchronized ScheduleState update(ScheduleBook.Entry entry, Instant now, UnaryOperator<ScheduleState> change) {
        ScheduleState before = of(entry, now);
        ScheduleState after = change.apply(before);
        states.put(entry.name(), after);
        if (!after.equals(before)) {
            write(entry.name(), after);
        }
        return after;
    }

    /** A schedule of that name that is added later begins anew. */
    synchronized void forget(String name) {
        states.remove(name);
        SettingFiles.remove(file(name));
        SettingFiles.remove(ProofStates.file(folder, name));
    }

    /** A full disk must not keep the schedules from going on with what is in memory. */
    private void write(String name, ScheduleState state) {
        try {
            StateFile.write(file(name), state);
        } catch (BackupException e) {
            LOG.error("What the schedule {} has done is forgotten at the next restart: {}", name, e.getMessage());
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".properties");
    }
}
