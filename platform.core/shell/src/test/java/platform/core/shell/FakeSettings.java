package platform.core.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import platform.core.api.PlatformException;
import platform.core.api.Setting;
import platform.core.api.SettingBounds;
import platform.core.api.SettingGroup;
import platform.core.api.SettingType;
import platform.core.api.Settings;

/** The settings of three parts of the platform, in memory. */
final class FakeSettings implements Settings {

    static final String WEB = "platform.web";

    final Map<String, String> values = new TreeMap<>();

    private SettingGroup log() {
        return new SettingGroup(
                LogLevels.PID,
                "Log files",
                "",
                List.of(
                        setting("level", SettingType.TEXT, "INFO"),
                        setting("loggers", SettingType.TEXT, "org.eclipse.jetty=WARN")),
                List.of());
    }

    private SettingGroup server() {
        return new SettingGroup(
                "platform.webserver.jetty",
                "Webserver",
                "",
                List.of(
                        setting("max.requests", SettingType.WHOLE_NUMBER, "256"),
                        setting("redirect.https", SettingType.TRUTH, "false")),
                List.of());
    }

    private SettingGroup web() {
        return new SettingGroup(
                WEB,
                "Web",
                "The web",
                List.of(
                        setting("port", SettingType.WHOLE_NUMBER, "8080"),
                        setting("redirect", SettingType.TRUTH, "false"),
                        setting("hosts", SettingType.TEXT, ""),
                        setting("url", SettingType.SECRET, "")),
                values.keySet().stream().filter("prot"::equals).toList());
    }

    private Setting setting(String key, SettingType type, String standard) {
        Optional<String> value = Optional.ofNullable(values.get(key)).filter(it -> type != SettingType.SECRET);
        return new Setting(
                key, key, "The " + key, type, List.of(), bounds(key), standard, values.containsKey(key), value);
    }

    private static Optional<SettingBounds> bounds(String key) {
        return key.equals("port") ? Optional.of(new SettingBounds(0, 65_535)) : Optional.empty();
    }

    @Override
    public List<SettingGroup> list() {
        return List.of(log(), web(), server());
    }

    @Override
    public Optional<SettingGroup> find(String pid) {
        return list().stream().filter(it -> it.pid().equals(pid)).findFirst();
    }

    @Override
    public Optional<SettingGroup> declared(String pid) {
        return find(pid);
    }

    @Override
    public SettingGroup change(String pid, Map<String, Optional<String>> changes, Consumer<SettingGroup> check) {
        SettingGroup known = find(pid).orElseThrow(() -> PlatformException.notFound("There are no settings " + pid));
        check.accept(known);
        changes.forEach((key, value) -> {
            if (known.find(key).isEmpty() && !known.unknown().contains(key)) {
                throw PlatformException.invalid("There is no setting '" + key + "' in " + pid + ".");
            }
            value.ifPresentOrElse(text -> values.put(key, text), () -> values.remove(key));
        });
        return find(pid).orElseThrow();
    }

    @Override
    public void reset(String pid) {
        values.clear();
    }
}
