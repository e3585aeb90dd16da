package platform.core.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What there is to tell of a thing in the audit: what an administrator can change, without secrets and without times. */
final class AuditFields {

    private static final String HIDDEN = "***";

    private final String action;
    private final AuditDiff.Parts parts;

    AuditFields(String action, AuditDiff.Parts parts) {
        this.action = action;
        this.parts = parts;
    }

    /** By name; nothing of what is not there, or cannot be asked now. */
    Map<String, String> of(AuditDiff.Thing thing) {
        Map<String, String> fields = new TreeMap<>();
        try {
            switch (thing.kind()) {
                case "instance" -> instance(InstanceId.parse(thing.name()), fields);
                case "user" -> user(thing.name(), fields);
                case "app" -> app(thing.name(), fields);
                case "sink" -> sink(thing.name(), fields);
                case "pid" -> settings(thing.name(), fields);
                default -> {
                    // Of others nothing is told.
                }
            }
        } catch (PlatformException e) {
            // What cannot be told must not keep the action from being done, or from being noted.
            fields.clear();
        }
        return fields;
    }

    private void instance(InstanceId id, Map<String, String> fields) {
        parts.find(Instances.class).flatMap(it -> it.find(id)).ifPresent(it -> {
            fields.put("app", it.app());
            fields.put("state", it.state().toString());
            fields.put("path", it.path());
            fields.put("host", it.host());
            fields.put("formerPaths", it.formerPaths().keySet().toString());
            fields.put("database", it.database());
            fields.put("server", it.server());
            fields.put("trace", TraceFlag.words(it.trace()).toString());
            it.settings().forEach((key, value) -> fields.put("settings." + key, secretless(key, value)));
            if (action.endsWith(":limit") || action.endsWith(":quota")) {
                limits(id, fields);
            }
        });
    }

    private static String secretless(String key, String value) {
        return SecretNames.isSecret(key) ? HIDDEN : value;
    }

    /** Asks the database server, too, which is no use to other actions. */
    private void limits(InstanceId id, Map<String, String> fields) {
        parts.find(InstanceQuotas.class)
                .ifPresent(it -> it.of(id)
                        .forEach(limit -> fields.put(
                                "limit." + limit.kind().word(),
                                QuotaLimit.text(limit.kind(), limit.limit()) + (limit.own() ? "" : " (default)"))));
    }

    private void user(String name, Map<String, String> fields) {
        parts.find(Users.class).flatMap(it -> it.find(name)).ifPresent(it -> {
            fields.put("role", it.role().toString());
            fields.put("scope", it.scope().toString());
            fields.put("enabled", Boolean.toString(it.enabled()));
            fields.put("totp", Boolean.toString(it.totp()));
        });
    }

    private void app(String name, Map<String, String> fields) {
        parts.find(Services.class).flatMap(it -> it.find(name)).ifPresent(it -> {
            fields.put("state", it.state().toString());
            fields.put("version", it.version());
            fields.put("file", it.file());
        });
        parts.find(ServicePlaces.class).map(it -> it.place(name)).ifPresent(it -> {
            fields.put("isolation", it.isolation().word());
            fields.put("heap", ProcessLimits.memoryText(it.limits().heapMegabytes()));
            fields.put("files", Integer.toString(it.limits().files()));
            fields.put("memory", ProcessLimits.memoryText(it.limits().memoryMegabytes()));
            fields.put("cpu", ProcessLimits.cpuText(it.limits().cpuPercent()));
        });
    }

    private void sink(String name, Map<String, String> fields) {
        parts.find(AlarmSinks.class).stream()
                .flatMap(it -> it.list().stream())
                .filter(it -> it.name().equals(name))
                .forEach(it -> {
                    fields.put("address", it.address());
                    fields.put("password", it.hasSecret() ? HIDDEN : "");
                    fields.put(
                            "authorities", it.authorities().map(Path::toString).orElse(""));
                    fields.put("severity", it.severity().toString());
                    fields.put("repeat", TimeSpan.text(it.repeat()));
                    fields.put("from", it.from().orElse(""));
                    fields.put("to", it.to().toString());
                });
    }

    private void settings(String pid, Map<String, String> fields) {
        parts.find(Settings.class)
                .flatMap(it -> it.find(pid))
                .ifPresent(group -> group.settings().stream()
                        .filter(Setting::given)
                        .forEach(it -> fields.put(it.key(), it.value().orElse(HIDDEN))));
    }
}
