package platform.core.state;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import platform.backup.api.Retention;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.Schedules;
import platform.core.api.PlatformException;
import platform.core.api.TimeSpan;

/** When what is backed up where to. */
final class StateSchedules extends StatePart {

    private static final String NONE = "none";

    private final Schedules schedules;

    StateSchedules(Schedules schedules) {
        super("schedules", "schedule", "");
        this.schedules = schedules;
    }

    @Override
    Map<String, Object> standard(String name) {
        // The zone is told always: the machine's may be another elsewhere.
        Map<String, Object> fields = fields(ScheduleSpec.standard(name));
        fields.put("zone", "");
        return fields;
    }

    private static Map<String, Object> fields(ScheduleSpec it) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("instances", it.instances());
        fields.put("exclude", it.exclude());
        fields.put("targets", it.targets());
        fields.put("cron", it.cron());
        fields.put("zone", it.zone().getId());
        fields.put("window", it.window().isZero() ? NONE : TimeSpan.text(it.window()));
        fields.put("overrun", it.cut() ? "cut" : "end");
        fields.put("missed", it.makeUp() ? "run" : "skip");
        fields.put("keepLast", it.retention().last());
        fields.put("keepDaily", it.retention().daily());
        fields.put("keepWeekly", it.retention().weekly());
        fields.put("keepMonthly", it.retention().monthly());
        fields.put("rolling", it.rolling());
        fields.put("oldest", it.oldest().map(TimeSpan::text).orElse(NONE));
        fields.put("drill", it.drill().orElse(NONE));
        return fields;
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (ScheduleInfo it : schedules.list()) {
            all.put(it.spec().name(), fields(it.spec()));
        }
        return all;
    }

    @Override
    Object normal(String key, Object value) {
        return switch (key) {
            case "window", "oldest" -> value.equals(NONE) ? NONE : TimeSpan.text(time((String) value));
            case "zone" -> ZoneId.of((String) value).getId();
            case "overrun" -> oneOf((String) value, "cut", "end");
            case "missed" -> oneOf((String) value, "run", "skip");
            default -> value;
        };
    }

    private static String oneOf(String value, String one, String other) {
        if (!value.equals(one) && !value.equals(other)) {
            throw PlatformException.invalid("Use " + one + " or " + other + ".");
        }
        return value;
    }

    private static Duration time(String text) {
        return text.equals(NONE) ? Duration.ZERO : TimeSpan.parse(text);
    }

    @Override
    String create(StateWanted wanted) {
        StateBackups.told(() -> schedules.add(spec(wanted)));
        return "";
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        StateBackups.told(() -> schedules.edit(spec(wanted)));
        return "";
    }

    private static ScheduleSpec spec(StateWanted wanted) {
        return new ScheduleSpec(
                wanted.name(),
                wanted.texts("instances"),
                wanted.texts("exclude"),
                wanted.texts("targets"),
                wanted.text("cron"),
                wanted.given("zone").map(ZoneId::of).orElse(ZoneId.systemDefault()),
                time(wanted.text("window")),
                wanted.text("overrun").equals("cut"),
                wanted.text("missed").equals("run"),
                new Retention(
                        wanted.number("keepLast"),
                        wanted.number("keepDaily"),
                        wanted.number("keepWeekly"),
                        wanted.number("keepMonthly")),
                wanted.number("rolling"),
                Optional.of(time(wanted.text("oldest"))).filter(it -> !it.isZero()),
                wanted.given("drill").filter(it -> !it.equals(NONE)));
    }

    @Override
    void remove(String name) {
        StateBackups.told(() -> {
            schedules.remove(name);
            return name;
        });
    }
}
