package platform.backup.archive;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import platform.backup.api.ScheduleSpec;

/** The schedules as they are set, and what is wrong with those that cannot be used. Any thread may call it. */
@Component(service = ScheduleBook.class)
public final class ScheduleBook {

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, String> unusable = new TreeMap<>();

    @Activate
    public ScheduleBook() {}

    /** A schedule with its times, which take a while to be understood. */
    record Entry(ScheduleSpec spec, CronTimes times, Optional<CronTimes> drills) {

        static Entry of(ScheduleSpec spec) {
            return new Entry(
                    spec,
                    new CronTimes(spec.cron(), spec.zone()),
                    spec.drill().map(it -> new CronTimes(it, spec.zone())));
        }

        String name() {
            return spec.name();
        }

        String rule() {
            return spec.cron() + " " + spec.zone();
        }
    }

    synchronized void put(ScheduleSpec spec) {
        Entry known = entries.get(spec.name());
        unusable.remove(spec.name());
        if (known == null || !known.spec().equals(spec)) {
            entries.put(spec.name(), Entry.of(spec));
        }
    }

    synchronized void putUnusable(String name, String problem) {
        entries.remove(name);
        unusable.put(name, problem);
    }

    synchronized void remove(String name) {
        entries.remove(name);
        unusable.remove(name);
    }

    synchronized Map<String, Entry> entries() {
        return new TreeMap<>(entries);
    }

    synchronized Map<String, String> unusable() {
        return new TreeMap<>(unusable);
    }

    synchronized Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }
}
