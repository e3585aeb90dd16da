package platform.webserver.jetty;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebserverException;

/**
 * The settings as they are written down. At the start they are read from the file itself: Configuration Admin gets to know
 * it only after the webserver has started, which would then have to start a second time, perhaps on other ports.
 */
final class SettingsFile {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);

    private static final Set<String> KEYS = Arrays.stream(Config.class.getDeclaredMethods())
            .map(SettingsFile::key)
            .collect(Collectors.toUnmodifiableSet());

    private SettingsFile() {}

    /**
     * The settings at the start.
     *
     * @param data the data folder
     * @throws WebserverException when the file cannot be read
     */
    static Config atStart(Path data) {
        Path file = data.resolve("etc/" + WebserverComponent.PID + ".cfg");
        Properties read = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                read.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new WebserverException(
                        "The settings in " + file + " cannot be read (" + e.getMessage()
                                + "): write lines key = value in UTF-8, and let the platform's user read them.",
                        e);
            }
        }
        Map<String, Object> settings = new HashMap<>();
        read.forEach((key, value) -> settings.put((String) key, value));
        settings.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> LOG.warn("{} has a setting '{}' that does not exist: look at its spelling", file, key));
        // Configuration Admin knows what such a variable stands for: the setting follows within a second.
        settings.values().removeIf(value -> value.toString().contains("${"));
        return of(settings);
    }

    /** The settings with these values; the others have their defaults. */
    static Config of(Map<String, ?> values) {
        return (Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, none) -> value(method, values.get(key(method))));
    }

    private static String key(Method method) {
        return method.getName().replace('_', '.');
    }

    private static Object value(Method method, Object given) {
        if (given == null) {
            return method.getDefaultValue();
        }
        String text = given.toString().strip();
        Class<?> type = method.getReturnType();
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class) {
            return truth(method, text);
        }
        return type == long.class ? (Object) number(method, text) : (Object) Math.toIntExact(number(method, text));
    }

    private static boolean truth(Method method, String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw wrong(method, text, "true or false");
    }

    private static long number(Method method, String text) {
        boolean whole = text.matches(method.getReturnType() == long.class ? "-?\\d{1,18}" : "-?\\d{1,9}");
        if (whole) {
            return Long.parseLong(text);
        }
        throw wrong(method, text, "a whole number");
    }

    private static WebserverException wrong(Method method, String text, String wanted) {
        return new WebserverException("The setting " + key(method) + " in etc/" + WebserverComponent.PID + ".cfg is '"
                + text + "': give " + wanted + ".");
    }
}
