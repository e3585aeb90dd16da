package platform.core.alarms;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** The active alarms in a map; nobody hears of them. */
final class FakeAlarms implements Alarms {

    final Map<String, AlarmInfo> active = new ConcurrentSkipListMap<>();

    @Override
    public void raise(AlarmSpec alarm) {
        active.put(alarm.id(), AlarmInfo.of(alarm, Setups.START, Setups.START, 1));
    }

    @Override
    public boolean clear(String source, String code) {
        return active.remove(source + "/" + code) != null;
    }

    @Override
    public boolean acknowledge(String source, String code, String by) {
        throw new UnsupportedOperationException("acknowledge");
    }

    @Override
    public void clearAll(String source) {
        throw new UnsupportedOperationException("clearAll");
    }

    @Override
    public List<AlarmInfo> active() {
        return List.copyOf(active.values());
    }

    @Override
    public List<AlarmInfo> history(int limit) {
        throw new UnsupportedOperationException("history");
    }
}
