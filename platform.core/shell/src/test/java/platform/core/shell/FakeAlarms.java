package platform.core.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.core.api.Acknowledgement;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** Alarms in a list, each raised once. */
final class FakeAlarms implements Alarms {

    private final List<AlarmInfo> active = new ArrayList<>();
    private final List<AlarmInfo> history = new ArrayList<>();

    FakeAlarms() {
        raise(new AlarmSpec(
                "acme@example.com",
                "quota",
                AlarmSeverity.MAJOR,
                "The quota is used up",
                "instance:edit acme@example.com --set quota=20G"));
    }

    @Override
    public void raise(AlarmSpec alarm) {
        active.add(AlarmInfo.of(alarm, FakeServices.SINCE, FakeServices.SINCE, 1));
    }

    @Override
    public boolean clear(String source, String code) {
        List<AlarmInfo> found = found(source, code);
        found.forEach(it -> history.add(0, it.clearedAt(FakeServices.SINCE.plus(Duration.ofHours(1)))));
        return active.removeAll(found);
    }

    private List<AlarmInfo> found(String source, String code) {
        return active.stream().filter(it -> it.id().equals(source + "/" + code)).toList();
    }

    @Override
    public boolean acknowledge(String source, String code, String by) {
        Acknowledgement now = new Acknowledgement(FakeServices.SINCE, by);
        found(source, code).forEach(it -> active.set(active.indexOf(it), it.acknowledgedBy(Optional.of(now))));
        return !found(source, code).isEmpty();
    }

    @Override
    public void clearAll(String source) {
        active.removeIf(it -> it.source().equals(source));
    }

    @Override
    public List<AlarmInfo> active() {
        return List.copyOf(active);
    }

    @Override
    public List<AlarmInfo> history(int limit) {
        return history.stream().limit(limit).toList();
    }
}
