package platform.core.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;
import platform.core.api.Setting;
import platform.core.api.SettingGroup;
import platform.core.api.SettingType;
import platform.core.api.Settings;

/** The platform's own settings; schedules are a part of their own. */
final class StateSettings extends StatePart {

    private static final String SCHEDULES = "platform.backup.Schedule";

    private final Settings settings;
    private final Map<String, SettingGroup> groups = new LinkedHashMap<>();

    StateSettings(Settings settings) {
        super("settings", "settings", "");
        this.settings = settings;
        settings.list().stream().filter(it -> !it.pid().startsWith(SCHEDULES)).forEach(it -> groups.put(it.pid(), it));
    }

    @Override
    Map<String, Object> standard(String pid) {
        return fields(group(pid), Setting::standard);
    }

    private SettingGroup group(String pid) {
        if (groups.containsKey(pid)) {
            return groups.get(pid);
        }
        if (pid.startsWith(SCHEDULES)) {
            throw PlatformException.invalid("Backup schedules have a part of their own: schedules.");
        }
        return settings.declared(pid)
                .orElseThrow(() -> PlatformException.invalid(
                        "There are no settings " + InstanceId.quoted(pid) + ". See config:list."));
    }

    private static Object value(Setting setting, String text) {
        return switch (setting.type()) {
            case TRUTH -> text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
            case WHOLE_NUMBER -> text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : text;
            case TEXT, SECRET -> text;
        };
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        groups.forEach((pid, group) -> all.put(pid, fields(group, Setting::effective)));
        return all;
    }

    private static Map<String, Object> fields(SettingGroup group, Function<Setting, String> text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        group.settings().stream()
                .filter(it -> it.type() != SettingType.SECRET)
                .forEach(it -> fields.put(it.key(), value(it, text.apply(it))));
        return fields;
    }

    @Override
    List<String> secrets(String pid) {
        return group(pid).settings().stream()
                .filter(it -> it.type() == SettingType.SECRET)
                .map(Setting::key)
                .toList();
    }

    @Override
    boolean lacks(String pid, String secret) {
        return !group(pid).find(secret).map(Setting::given).orElse(false);
    }

    @Override
    String create(StateWanted wanted) {
        return change(wanted, Map.of());
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        Map<String, Object> standard = standard(wanted.name());
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        wanted.values().keySet().stream()
                .filter(key -> wanted.changes(key, present))
                .forEach(key -> changes.put(
                        key,
                        Optional.of(wanted.values().get(key))
                                .filter(value -> !value.equals(standard.get(key)))
                                .map(String::valueOf)));
        wanted.secrets().forEach((key, value) -> changes.put(key, Optional.of(value)));
        settings.change(wanted.name(), changes, it -> {});
        return "";
    }

    @Override
    boolean isRemovable(String pid, YamlBlock document) {
        return pid.contains("~") || groups.get(pid).settings().stream().anyMatch(StateSettings::isTold);
    }

    private static boolean isTold(Setting setting) {
        return setting.given() && setting.type() != SettingType.SECRET;
    }

    /** Secrets stay: a document does not hold them, so that it does not miss them either. */
    @Override
    void remove(String pid) {
        if (pid.contains("~")) {
            settings.reset(pid);
        } else {
            Map<String, Optional<String>> changes = new LinkedHashMap<>();
            groups.get(pid).settings().stream()
                    .filter(StateSettings::isTold)
                    .forEach(it -> changes.put(it.key(), Optional.empty()));
            settings.change(pid, changes, it -> {});
        }
    }

    @Override
    boolean isPrunedByField() {
        return true;
    }
}
