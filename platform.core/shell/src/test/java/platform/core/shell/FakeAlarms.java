package platform.core.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        active.add(info(alarm, false));
    }

    private static AlarmInfo info(AlarmSpec alarm, boolean cleared) {
        return new AlarmInfo(
                alarm.source(),
                alarm.code(),
                alarm.severity(),
                alarm.text(),
                alarm.fix(),
                FakeServices.SINCE,
                FakeServices.SINCE,
                1,
                Optional.of(FakeServices.SINCE.plus(Duration.ofHours(1))).filter(it -> cleared));
    }

    @Override
    public boolean clear(String source, String code) {
        List<AlarmInfo> found = active.stream()
                .filter(it -> it.id().equals(source + "/" + code))
                .toList();
        found.forEach(it ->
                history.add(0, info(new AlarmSpec(source, code, it.severity(), it.text(), it.fix()), true)));
        return active.removeAll(found);
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
