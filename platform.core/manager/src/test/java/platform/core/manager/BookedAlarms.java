package platform.core.manager;

import java.util.List;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** Alarms in memory only. */
record BookedAlarms(AlarmBook book) implements Alarms {

    @Override
    public void raise(AlarmSpec alarm) {
        book.raise(alarm);
    }

    @Override
    public boolean clear(String source, String code) {
        return book.clear(source, code).isPresent();
    }

    @Override
    public boolean acknowledge(String source, String code, String by) {
        return book.acknowledge(source, code, by).isPresent();
    }

    @Override
    public void clearAll(String source) {
        throw new UnsupportedOperationException("clearAll");
    }

    @Override
    public List<AlarmInfo> active() {
        return book.active();
    }

    @Override
    public List<AlarmInfo> history(int limit) {
        return book.history(limit);
    }
}
