package platform.core.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jline.utils.Levenshtein;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;
import platform.core.api.StateDocument;

/**
 * A mapping of a YAML document that somebody has written. What is wrong with it is said with line and column. Only what is asked for has a
 * type: a text may be written without quotes, whatever YAML would take it for. There are no anchors, so that nothing is larger
 * than it looks.
 */
final class YamlBlock {

    private static final int DEEPEST = 20;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(StateDocument.LARGEST)
            .setAllowDuplicateKeys(false)
            .build();

    private final Optional<Mark> start;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();

    private YamlBlock(Optional<Mark> start, List<NodeTuple> tuples) {
        this.start = start;
        for (NodeTuple tuple : tuples) {
            String key = scalar(tuple.getKeyNode(), "a key").getValue();
            if (keys.put(key, tuple.getKeyNode()) != null) {
                throw problem(tuple.getKeyNode().getStartMark(), InstanceId.quoted(key) + " is there twice.");
            }
            values.put(key, tuple.getValueNode());
        }
    }

    /**
     * @throws PlatformException INVALID when it is not YAML, or more than a mapping
     */
    static YamlBlock parse(String text) {
        try {
            new Parse(SETTINGS).parseString(text).forEach(new Limits()::check);
            return new Compose(SETTINGS)
                    .composeString(text)
                    .map(YamlBlock::block)
                    .orElseGet(() -> new YamlBlock(Optional.empty(), List.of()));
        } catch (MarkedYamlEngineException e) {
            throw problem(e.getProblemMark(), "This is not YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw PlatformException.invalid("This is not YAML: " + e.getMessage());
        }
    }

    /** Looks at the parts in their order, before anything recursive does. */
    private static final class Limits {

        private int depth;

        private void check(Event event) {
            if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                throw problem(event.getStartMark(), "Anchors and aliases are not allowed: write out what is meant.");
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw problem(event.getStartMark(), "This is too deep: no state has so many levels.");
            }
        }
    }

    private static YamlBlock block(Node node) {
        if (node instanceof MappingNode mapping) {
            return new YamlBlock(node.getStartMark(), mapping.getValue());
        }
        if (node instanceof ScalarNode scalar && isNothing(scalar)) {
            return new YamlBlock(node.getStartMark(), List.of());
        }
        throw problem(node.getStartMark(), "Lines key: value are expected here.");
    }

    private static boolean isNothing(ScalarNode scalar) {
        return scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getValue().isEmpty();
    }

    Collection<String> keys() {
        return keys.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    YamlBlock block(String key) {
        return block(values.get(key));
    }

    String text(String key) {
        return scalar(values.get(key), "a text for " + key).getValue();
    }

    /** The value of a key in the type of another one: a text, a number, a truth, texts, or texts by key. */
    Object like(Object example, String key) {
        Node node = values.get(key);
        if (example instanceof Integer) {
            return typed(key, "a whole number", text -> text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : null);
        }
        if (example instanceof Boolean) {
            return typed(key, "true or false", text -> text.matches("true|false") ? Boolean.valueOf(text) : null);
        }
        if (example instanceof List) {
            return texts(node, key);
        }
        if (example instanceof Map) {
            YamlBlock block = block(node);
            Map<String, String> texts = new LinkedHashMap<>();
            block.keys().forEach(it -> texts.put(it, block.text(it)));
            return texts;
        }
        return text(key);
    }

    private Object typed(String key, String wanted, Function<String, Object> type) {
        Node node = values.get(key);
        Object value = type.apply(scalar(node, wanted + " for " + key).getValue());
        if (value == null) {
            throw problem(node.getStartMark(), "Give " + wanted + " for " + key + ".");
        }
        return value;
    }

    private static List<String> texts(Node node, String key) {
        if (!(node instanceof SequenceNode sequence)) {
            throw problem(node.getStartMark(), "Give a list for " + key + ": lines - value, or [a, b].");
        }
        List<String> texts = new ArrayList<>();
        sequence.getValue()
                .forEach(
                        item -> texts.add(scalar(item, "a text for each " + key).getValue()));
        return texts;
    }

    private static ScalarNode scalar(Node node, String wanted) {
        if (node instanceof ScalarNode scalar && !isNothing(scalar)) {
            return scalar;
        }
        throw problem(node.getStartMark(), "Give " + wanted + ".");
    }

    /**
     * @throws PlatformException INVALID when a key is none of these, with the one that is most like it
     */
    void allow(Collection<String> known) {
        for (String key : keys.keySet()) {
            if (!known.contains(key)) {
                throw problem(key, "There is no " + InstanceId.quoted(key) + " here." + meant(key, known));
            }
        }
    }

    private static String meant(String key, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(it -> Levenshtein.distance(key, it)))
                .filter(it -> Levenshtein.distance(key, it) <= Math.max(1, key.length() / 3))
                .map(it -> " Did you mean " + it + "?")
                .orElse(" There are: " + String.join(", ", known) + ".");
    }

    /** What is wrong with a key or its value. */
    PlatformException problem(String key, String message) {
        return problem(keys.containsKey(key) ? keys.get(key).getStartMark() : start, message);
    }

    private static PlatformException problem(Optional<Mark> mark, String message) {
        String place = mark.map(it -> "Line " + (it.getLine() + 1) + ", column " + (it.getColumn() + 1) + ": ")
                .orElse("");
        return PlatformException.invalid(place + message);
    }
}
