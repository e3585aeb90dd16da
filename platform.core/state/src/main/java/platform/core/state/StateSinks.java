package platform.core.state;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSinks;
import platform.core.api.SinkInfo;
import platform.core.api.SinkSetup;
import platform.core.api.TimeSpan;

/** The places that alarms are told to. */
final class StateSinks extends StatePart {

    private final AlarmSinks sinks;

    StateSinks(AlarmSinks sinks) {
        super("alarmSinks", "alarm sink", "secret");
        this.sinks = sinks;
    }

    @Override
    Map<String, Object> standard(String name) {
        return fields("", "", AlarmSeverity.WARNING, "", "", List.of());
    }

    private static Map<String, Object> fields(
            String address, String authorities, AlarmSeverity severity, String repeat, String from, List<String> to) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", address);
        fields.put("ca", authorities);
        fields.put("severity", severity.word());
        fields.put("repeat", repeat);
        fields.put("from", from);
        fields.put("to", to);
        return fields;
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (SinkInfo it : sinks.list()) {
            all.put(
                    it.name(),
                    fields(
                            it.address(),
                            it.authorities().map(Path::toString).orElse(""),
                            it.severity(),
                            TimeSpan.text(it.repeat()),
                            it.from().orElse(""),
                            it.to()));
        }
        return all;
    }

    @Override
    Object normal(String key, Object value) {
        return switch (key) {
            case "severity" -> AlarmSeverity.parse((String) value).word();
            case "repeat" -> TimeSpan.text(TimeSpan.parse((String) value));
            default -> value;
        };
    }

    @Override
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        return StateTargets.secretIsNeeded(
                wanted, sinks.list().stream().anyMatch(it -> it.name().equals(wanted.name()) && it.hasSecret()));
    }

    @Override
    boolean needsSecretAgain() {
        return true;
    }

    @Override
    String create(StateWanted wanted) {
        sinks.add(new SinkSetup(
                wanted.name(),
                wanted.text("address"),
                Optional.ofNullable(wanted.secrets().get("secret")),
                wanted.given("ca").map(Path::of),
                AlarmSeverity.parse(wanted.text("severity")),
                wanted.given("repeat").map(TimeSpan::parse),
                wanted.given("from"),
                wanted.texts("to")));
        return "";
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        return create(wanted);
    }

    @Override
    void remove(String name) {
        sinks.remove(name);
    }
}
