package platform.core.state;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import platform.core.api.PlatformException;
import platform.core.api.SecretNames;
import platform.core.api.StateStep.Action;

/**
 * One kind of what a platform's state is made of, such as its users: named things with fields. What a document does not name is not touched.
 * Values are texts, numbers, truths, lists of texts and texts by key.
 */
abstract class StatePart {

    private final String section;
    private final String kind;
    private final String secret;

    /**
     * @param section the key of them all in the document
     * @param kind what one of them is called
     * @param secret what is named and not written down, such as {@code password}; empty for nothing
     */
    StatePart(String section, String kind, String secret) {
        this.section = section;
        this.kind = kind;
        this.secret = secret;
    }

    final String section() {
        return section;
    }

    /** All fields of one with this name, with their defaults, which also say their types. Throws when there can be no such name. */
    abstract Map<String, Object> standard(String name);

    /** Those that there are, with all fields. */
    abstract Map<String, Map<String, Object>> present();

    /** Makes one. */
    abstract String create(StateWanted wanted);

    /** Changes one. */
    abstract String change(StateWanted wanted, Map<String, Object> present);

    abstract void remove(String name);

    /** The secrets of one with this name. */
    List<String> secrets(String name) {
        return secret.isEmpty() ? List.of() : List.of(secret);
    }

    /** Whether a change needs the secret as well as the making. */
    boolean needsSecretAgain() {
        return false;
    }

    /** The fields that say from where one is taken when it is made or changed, and that are no difference by themselves. */
    Set<String> origins() {
        return Set.of();
    }

    /** Puts what follows from the fields that are named. */
    void derive(String name, YamlBlock block, Map<String, Object> values, StateSecrets secrets) {}

    /** Why it cannot be made or changed, and what to do; empty when it can. */
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        return Optional.empty();
    }

    /** A value in the form that {@link #present()} has it in. */
    Object normal(String key, Object value) {
        return value;
    }

    /** Whether a secret is there that the document can only give for the first time. */
    boolean lacks(String name, String secretName) {
        return false;
    }

    /** Whether {@code --prune} removes this one, which the document does not name. */
    boolean isRemovable(String name, YamlBlock document) {
        return true;
    }

    /** Whether {@code --prune} takes fields that are not named back to their defaults: of what has nothing but fields. */
    boolean isPrunedByField() {
        return false;
    }

    /** As a document has it: what has its default is left out. */
    final Map<String, Object> export() {
        Map<String, Object> all = new LinkedHashMap<>();
        present().forEach((name, values) -> {
            Map<String, Object> told = new LinkedHashMap<>(values);
            told.replaceAll((key, value) -> value instanceof Map<?, ?> texts ? entries(texts, false) : value);
            Map<String, Object> standard = standard(name);
            told.entrySet().removeIf(it -> it.getValue().equals(standard.get(it.getKey())));
            if (!told.isEmpty() || !isPrunedByField()) {
                all.put(name, told);
            }
        });
        return all;
    }

    /** What has to be done, in order: what is made and changed. */
    final List<PlannedStep> steps(YamlBlock document, boolean prune, StateSecrets resolver) {
        Map<String, Map<String, Object>> present = present();
        List<PlannedStep> steps = new ArrayList<>();
        for (String name : document.keys()) {
            step(document, name, Optional.ofNullable(present.get(name)), prune, resolver)
                    .ifPresent(steps::add);
        }
        return steps;
    }

    /** What has to be removed since the document does not name it. */
    final List<PlannedStep> removals(YamlBlock document) {
        return present().keySet().stream()
                .filter(name -> !document.has(name) && isRemovable(name, document))
                .map(name -> new PlannedStep(Action.REMOVE, kind, name, List.of(), () -> {
                    remove(name);
                    return "";
                }))
                .toList();
    }

    private Optional<PlannedStep> step(
            YamlBlock document,
            String name,
            Optional<Map<String, Object>> present,
            boolean prune,
            StateSecrets resolver) {
        YamlBlock block = document.block(name);
        Map<String, Object> standard = located(document, name, () -> standard(name));
        checkKeys(block, name, standard.keySet());
        Map<String, Object> values = values(block, standard, present.orElse(standard), prune);
        located(document, name, () -> {
            derive(name, block, values, resolver);
            return values;
        });
        Map<String, Object> merged = new LinkedHashMap<>(present.orElse(standard));
        merged.putAll(values);
        Map<String, Object> now = present.orElse(Map.of());
        List<String> details = differences(now, values, Predicate.not(origins()::contains));
        boolean newSecret = secrets(name).stream().anyMatch(it -> StateSecrets.isNamed(block, it) && lacks(name, it));
        if (present.isPresent() && details.isEmpty() && !newSecret) {
            return Optional.empty();
        }
        List<String> needed = secrets(name).stream()
                .filter(it -> StateSecrets.isNamed(block, it))
                .filter(it -> present.isEmpty() || needsSecretAgain() || lacks(name, it))
                .toList();
        StateWanted wanted = new StateWanted(name, values, merged, resolver.read(block, needed));
        Optional<String> hindrance = resolver.refusal(block, needed).or(() -> hindrance(wanted, present));
        if (hindrance.isPresent()) {
            return Optional.of(
                    new PlannedStep(Action.IMPOSSIBLE, kind, name, List.of(hindrance.get()), () -> hindrance.get()));
        }
        details.addAll(differences(Map.of(), values, origins()::contains));
        wanted.secrets().keySet().forEach(it -> details.add(it + ": (as named)"));
        return Optional.of(
                present.isPresent()
                        ? new PlannedStep(Action.CHANGE, kind, name, details, () -> change(wanted, now))
                        : new PlannedStep(Action.CREATE, kind, name, details, () -> create(wanted)));
    }

    private void checkKeys(YamlBlock block, String name, Collection<String> fields) {
        List<String> known = new ArrayList<>(fields);
        for (String each : secrets(name)) {
            known.remove(each);
            known.addAll(StateSecrets.keys(each));
        }
        block.allow(known);
    }

    private Map<String, Object> values(
            YamlBlock block, Map<String, Object> standard, Map<String, Object> present, boolean prune) {
        Map<String, Object> values = new LinkedHashMap<>();
        standard.forEach((key, example) -> {
            if (block.has(key)) {
                Object read = block.like(example, key);
                Object value = located(block, key, () -> normal(key, read));
                values.put(key, withUnnamed(value, present.get(key), prune));
            } else if (prune && isPrunedByField()) {
                values.put(key, example);
            }
        });
        return values;
    }

    /** Of texts by key those that are not named stay; of those that an export leaves out, whatever happens. */
    private static Object withUnnamed(Object value, Object present, boolean prune) {
        if (value instanceof Map<?, ?> named && present instanceof Map<?, ?> there) {
            Map<Object, Object> both = prune ? entries(there, true) : new TreeMap<>(there);
            both.putAll(named);
            return both;
        }
        return value;
    }

    private static Map<Object, Object> entries(Map<?, ?> texts, boolean secret) {
        Map<Object, Object> entries = new TreeMap<>(texts);
        entries.keySet().removeIf(key -> SecretNames.isSecret(key.toString()) != secret);
        return entries;
    }

    private static <T> T located(YamlBlock block, String key, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (PlatformException | DateTimeException e) {
            throw block.problem(key, e.getMessage());
        }
    }

    private static List<String> differences(
            Map<String, Object> now, Map<String, Object> wanted, Predicate<String> concerned) {
        List<String> lines = new ArrayList<>();
        wanted.forEach((key, value) -> {
            Object present = now.get(key);
            if (concerned.test(key) && !Objects.equals(present, value)) {
                lines.add(key + ": " + (now.isEmpty() ? "" : shown(present) + " -> ") + shown(value));
            }
        });
        return lines;
    }

    private static String shown(Object value) {
        if (value instanceof Map<?, ?> texts) {
            return texts.entrySet().stream()
                    .map(it -> SecretNames.shown(it.getKey() + "=" + it.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return "".equals(value) ? "(none)" : String.valueOf(value);
    }
}
