package platform.core.state;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import platform.backup.api.BackupTargets;
import platform.backup.api.TargetInfo;
import platform.backup.api.TargetSetup;
import platform.core.api.ByteSize;

/** The places that backups go to. */
final class StateTargets extends StatePart {

    private static final String SECRET = "secret";

    private final BackupTargets targets;

    StateTargets(BackupTargets targets) {
        super("targets", "target", SECRET);
        this.targets = targets;
    }

    @Override
    Map<String, Object> standard(String name) {
        return fields("", "", "", 0, Set.of());
    }

    private static Map<String, Object> fields(
            String address, String hostKey, String authorities, long bytesPerSecond, Set<String> excluded) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", address);
        fields.put("hostKey", hostKey);
        fields.put("ca", authorities);
        fields.put("limit", bytesPerSecond == 0 ? "none" : ByteSize.exact(bytesPerSecond));
        fields.put("exclude", List.copyOf(new TreeSet<>(excluded)));
        return fields;
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        for (TargetInfo it : StateBackups.told(targets::list)) {
            all.put(
                    it.name(),
                    fields(
                            it.address(),
                            it.hostKey().orElse(""),
                            it.authorities().map(Path::toString).orElse(""),
                            it.bytesPerSecond(),
                            it.excluded()));
        }
        return all;
    }

    @Override
    Object normal(String key, Object value) {
        return switch (key) {
            case "limit" -> value.equals("none") ? value : ByteSize.exact(ByteSize.parse((String) value));
            case "exclude" -> List.copyOf(new TreeSet<>((List<?>) value));
            default -> value;
        };
    }

    @Override
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        return secretIsNeeded(
                wanted, targets.list().stream().anyMatch(it -> it.name().equals(wanted.name()) && it.hasSecret()));
    }

    /** What is changed is replaced as a whole, and nobody can be told the secret. */
    static Optional<String> secretIsNeeded(StateWanted wanted, boolean hasSecret) {
        return hasSecret && wanted.secrets().isEmpty()
                ? Optional.of("To change it, its secret is needed again: name it, as "
                        + String.join(" or ", StateSecrets.keys(SECRET)) + ".")
                : Optional.empty();
    }

    @Override
    boolean needsSecretAgain() {
        return true;
    }

    @Override
    String create(StateWanted wanted) {
        String limit = wanted.text("limit");
        TargetSetup setup = new TargetSetup(
                wanted.name(),
                wanted.text("address"),
                Optional.ofNullable(wanted.secrets().get(SECRET)),
                wanted.given("hostKey"),
                wanted.given("ca").map(Path::of),
                limit.equals("none") ? 0 : ByteSize.parse(limit),
                Set.copyOf(wanted.texts("exclude")));
        StateBackups.told(() -> targets.add(setup));
        return "";
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        return create(wanted);
    }

    @Override
    void remove(String name) {
        StateBackups.told(() -> {
            targets.remove(name);
            return name;
        });
    }
}
