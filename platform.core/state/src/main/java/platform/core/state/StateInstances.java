package platform.core.state;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceQuotas;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;
import platform.core.api.QuotaLimit;
import platform.core.api.State;
import platform.core.api.TraceFlag;

/** The instances, with their limits and the settings that they hand to their apps. */
final class StateInstances extends StatePart {

    private static final String SERVER = "embedded";

    private final Instances instances;
    private final InstanceQuotas quotas;
    private final Set<String> apps;

    /**
     * @param apps those that are there, and those that will be before an instance of them is made
     */
    StateInstances(Instances instances, InstanceQuotas quotas, Set<String> apps) {
        super("instances", "instance", "password");
        this.instances = instances;
        this.quotas = quotas;
        this.apps = apps;
    }

    @Override
    Map<String, Object> standard(String name) {
        InstanceId id = InstanceId.parse(name);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("app", "");
        fields.put("path", "/" + id.domain() + "/" + id.name());
        fields.put("host", "");
        fields.put("database", id.domain() + "_" + id.name());
        fields.put("server", SERVER);
        fields.put("settings", Map.of());
        fields.put("limits", Map.of());
        fields.put("trace", TraceFlag.words(TraceFlag.DEFAULT));
        fields.put("state", StateApps.STARTED);
        return fields;
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        instances.list().forEach(it -> all.put(it.id().toString(), fields(it)));
        return all;
    }

    private Map<String, Object> fields(InstanceInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("app", info.app());
        fields.put("path", info.path());
        fields.put("host", info.host());
        fields.put("database", info.database());
        fields.put("server", info.server());
        fields.put("settings", new TreeMap<>(info.settings()));
        fields.put("limits", limits(info.id()));
        fields.put("trace", TraceFlag.words(info.trace()));
        fields.put("state", StateApps.state(info.state()));
        return fields;
    }

    /** Those that are its own. */
    private Map<String, String> limits(InstanceId id) {
        Map<String, String> limits = new TreeMap<>();
        quotas.of(id).stream()
                .filter(QuotaInfo::own)
                .forEach(it -> limits.put(it.kind().word(), QuotaLimit.text(it.kind(), it.limit())));
        return limits;
    }

    @Override
    Object normal(String key, Object value) {
        if (key.equals("limits")) {
            Map<String, String> limits = new TreeMap<>();
            ((Map<?, ?>) value).forEach((word, text) -> {
                QuotaKind kind = QuotaKind.parse((String) word);
                limits.put(kind.word(), QuotaLimit.text(kind, limit(kind, (String) text)));
            });
            return limits;
        }
        if (key.equals("trace")) {
            return TraceFlag.words(flags((List<?>) value));
        }
        return key.equals("state") ? StateApps.checkedState(value) : value;
    }

    private static Optional<Long> limit(QuotaKind kind, String text) {
        try {
            return QuotaLimit.parse(kind, text);
        } catch (PlatformException e) {
            throw PlatformException.invalid(kind.word() + ": " + e.getMessage() + "; or none");
        }
    }

    private static Set<TraceFlag> flags(List<?> words) {
        return TraceFlag.apply(Set.of(), words.stream().map(String.class::cast).toList());
    }

    @Override
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        if (present.isEmpty()) {
            return appProblem(wanted.given("app"));
        }
        if (wanted.changes("app", present.get()) || wanted.changes("database", present.get())) {
            return Optional.of("It keeps its app and its database's name as long as it is there.");
        }
        return wanted.changes("server", present.get())
                ? Optional.of("Move its database first: instance:move-database " + wanted.name() + " "
                        + wanted.text("server"))
                : Optional.empty();
    }

    private Optional<String> appProblem(Optional<String> app) {
        if (app.isEmpty()) {
            return Optional.of("Say of which app it shall be.");
        }
        return apps.contains(app.get())
                ? Optional.empty()
                : Optional.of("There is no app '" + app.get()
                        + "'. Name it with its jar under apps, or copy that into apps in" + " the data folder.");
    }

    @Override
    String create(StateWanted wanted) {
        InstanceId id = InstanceId.parse(wanted.name());
        Map<String, Object> standard = standard(wanted.name());
        CreatedInstance created = instances.create(new InstanceSpec(
                id,
                wanted.text("app"),
                wanted.given("path").filter(it -> !it.equals(standard.get("path"))),
                wanted.given("host"),
                wanted.given("database").filter(it -> !it.equals(standard.get("database"))),
                Optional.ofNullable(wanted.secrets().get("password")),
                wanted.entries("settings"),
                Optional.ofNullable((String) wanted.values().get("server")),
                flags(wanted.texts("trace"))));
        limit(id, Map.of(), wanted.entries("limits"));
        if (wanted.text("state").equals(StateApps.STOPPED)) {
            instances.stop(id);
        }
        String failure = created.info().state() == State.FAILED
                ? "FAILED: " + created.info().reason()
                : "";
        return wanted.secrets().isEmpty()
                ? ("password (shown only now): " + created.password() + " " + failure).strip()
                : failure;
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        InstanceId id = InstanceId.parse(wanted.name());
        InstanceChange change = edit(wanted, present);
        if (!change.equals(InstanceChange.NONE)) {
            instances.edit(id, change);
        }
        if (wanted.changes("limits", present)) {
            limit(id, entries(present, "limits"), wanted.entries("limits"));
        }
        if (wanted.changes("state", present)) {
            StateApps.startOrStop(wanted.text("state"), () -> instances.start(id), () -> instances.stop(id));
        }
        return "";
    }

    private static InstanceChange edit(StateWanted wanted, Map<String, Object> present) {
        InstanceChange change = InstanceChange.NONE;
        if (wanted.changes("path", present)) {
            change = change.withPath(wanted.text("path"));
        }
        if (wanted.changes("host", present)) {
            change = change.withHost(wanted.text("host"));
        }
        if (wanted.changes("settings", present)) {
            Map<String, String> settings = new LinkedHashMap<>(wanted.entries("settings"));
            // An empty value removes a setting.
            entries(present, "settings").keySet().forEach(key -> settings.putIfAbsent(key, ""));
            change = change.withSettings(settings);
        }
        if (wanted.changes("trace", present)) {
            change = change.withTrace(flags(wanted.texts("trace")));
        }
        return change;
    }

    private void limit(InstanceId id, Map<String, String> present, Map<String, String> wanted) {
        Map<QuotaKind, Optional<Long>> limits = new LinkedHashMap<>();
        wanted.forEach((word, text) -> limits.put(QuotaKind.parse(word), limit(QuotaKind.parse(word), text)));
        Set<QuotaKind> toDefault = EnumSet.noneOf(QuotaKind.class);
        present.keySet().stream()
                .filter(word -> !wanted.containsKey(word))
                .forEach(word -> toDefault.add(QuotaKind.parse(word)));
        QuotaChange change = new QuotaChange(limits, toDefault);
        if (!change.isEmpty()) {
            quotas.change(id, change);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> entries(Map<String, Object> present, String key) {
        return (Map<String, String>) present.get(key);
    }

    @Override
    void remove(String name) {
        instances.delete(InstanceId.parse(name));
    }
}
