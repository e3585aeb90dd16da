package platform.core.shell;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import platform.core.api.PlatformException;
import platform.core.api.Setting;
import platform.core.api.SettingGroup;
import platform.core.api.Settings;

/** How much is logged, which is a setting of the platform. */
record LogLevels(Settings settings) {

    static final String PID = "platform.tracing.logback";
    static final String DEFAULT = "DEFAULT";
    static final String[] WORDS = {"ERROR", "WARN", "INFO", "DEBUG", "TRACE", DEFAULT};

    private static final String LEVEL = "level";
    private static final String LOGGERS = "loggers";

    /**
     * The levels that hold.
     *
     * @param level of all that have none of their own
     * @param loggers those that have, by name
     */
    record Levels(String level, Map<String, String> loggers) {}

    Levels read() {
        return levels(settings.find(PID)
                .orElseThrow(
                        () -> PlatformException.failed("The log files are not running. Look at bundle:list.", null)));
    }

    private static Levels levels(SettingGroup group) {
        return new Levels(effective(group, LEVEL), loggers(effective(group, LOGGERS)));
    }

    private static String effective(SettingGroup group, String key) {
        return group.find(key).map(Setting::effective).orElse("");
    }

    private static Map<String, String> loggers(String text) {
        return Arrays.stream(text.split(","))
                .map(entry -> entry.strip().split("=", 2))
                .filter(entry -> entry.length == 2)
                .collect(Collectors.toMap(
                        entry -> entry[0].strip(), entry -> entry[1].strip(), (first, last) -> last, TreeMap::new));
    }

    /** Sets the level of all, or lets its default hold. */
    void set(String level) {
        change(LEVEL, Optional.of(level).filter(it -> !it.equals(DEFAULT)));
    }

    /** Sets the level of one logger, or takes away what it has of its own. */
    void set(String logger, String level) {
        Map<String, String> loggers = new TreeMap<>(read().loggers());
        if (level.equals(DEFAULT)) {
            loggers.remove(logger);
        } else {
            loggers.put(logger, level);
        }
        String text = loggers.entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(","));
        change(LOGGERS, Optional.of(text));
    }

    private void change(String key, Optional<String> value) {
        settings.change(PID, Map.of(key, value), it -> {});
    }
}
