package platform.backup.archive;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** Alarms by their id; those that were cleared are forgotten. */
final class ListedAlarms implements Alarms {

    final Map<String, AlarmInfo> active = new TreeMap<>();

    @Override
    public void raise(AlarmSpec it) {
        long count =
                Optional.ofNullable(active.get(it.id())).map(AlarmInfo::count).orElse(0L);
        active.put(it.id(), AlarmInfo.of(it, Instant.EPOCH, Instant.EPOCH, count + 1));
    }

    @Override
    public boolean acknowledge(String source, String code, String by) {
        throw new UnsupportedOperationException("acknowledge");
    }

    @Override
    public boolean clear(String source, String code) {
        return active.remove(source + "/" + code) != null;
    }

    @Override
    public void clearAll(String source) {
        active.values().removeIf(it -> it.source().equals(source));
    }

    @Override
    public List<AlarmInfo> active() {
        return List.copyOf(active.values());
    }

    @Override
    public List<AlarmInfo> history(int limit) {
        return List.of();
    }

    String text(String id) {
        return active.get(id).text();
    }
}
