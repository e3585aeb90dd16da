package platform.core.shell;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import platform.backup.api.BackupSource;
import platform.core.api.AccessScope;
import platform.core.api.InstanceId;
import platform.core.api.Role;
import platform.core.api.StateStep;
import platform.core.api.TraceFlag;

/** Objects of the api as JSON: times and durations in ISO 8601, an instance by its {@code name@domain}. */
final class Json {

    private static final JsonSerializer<Object> BY_NAME =
            (object, type, context) -> new JsonPrimitive(object.toString());
    private static final JsonSerializer<TraceFlag> BY_WORD = (flag, type, context) -> new JsonPrimitive(flag.word());
    private static final JsonSerializer<Optional<?>> OR_NOTHING =
            (optional, type, context) -> context.serialize(optional.orElse(null));
    private static final Pattern CONTROL = Pattern.compile("[\\x7f-\\x9f]");
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, BY_NAME)
            .registerTypeAdapter(Duration.class, BY_NAME)
            .registerTypeAdapter(InstanceId.class, BY_NAME)
            .registerTypeAdapter(URI.class, BY_NAME)
            .registerTypeAdapter(Role.class, BY_NAME)
            .registerTypeAdapter(StateStep.Action.class, BY_NAME)
            .registerTypeAdapter(TraceFlag.class, BY_WORD)
            .registerTypeAdapter(AccessScope.class, BY_NAME)
            .registerTypeAdapter(BackupSource.class, BY_NAME)
            .registerTypeHierarchyAdapter(Path.class, BY_NAME)
            .registerTypeHierarchyAdapter(ZoneId.class, BY_NAME)
            .registerTypeAdapter(Optional.class, OR_NOTHING)
            .create();

    private Json() {}

    static JsonElement tree(Object object) {
        return GSON.toJsonTree(object);
    }

    /** Control characters that JSON would allow are escaped too: a terminal would obey them. */
    static String text(Object object) {
        return CONTROL.matcher(GSON.toJson(object)).replaceAll(Json::escaped);
    }

    /** The same in one line. */
    static String line(JsonElement json) {
        return CONTROL.matcher(json.toString()).replaceAll(Json::escaped);
    }

    private static String escaped(MatchResult match) {
        return String.format("\\\\u%04x", (int) match.group().charAt(0));
    }
}
