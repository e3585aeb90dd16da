package platform.core.rest;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import platform.core.api.MetricPoint;
import platform.core.api.QuotaKind;

/** How constants are called, as in the shell: {@code database-size}. */
final class Names {

    private Names() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Map<String, Double> of(MetricPoint point) {
        Map<String, Double> values = new TreeMap<>();
        point.values().forEach((series, value) -> values.put(of(series), value));
        return values;
    }

    /**
     * @throws ProblemException when nothing can be limited that is called so
     */
    static QuotaKind quota(String name) {
        return find(QuotaKind.values(), name)
                .orElseThrow(() -> ProblemException.invalid(
                        "There is no limit '" + name + "'. Look at the limits of the instance."));
    }

    /**
     * The constant that a property names.
     *
     * @throws ProblemException when there is none
     */
    static <E extends Enum<E>> E constant(String property, E[] all, String name) {
        return find(all, name)
                .orElseThrow(() -> ProblemException.invalid("The property '" + property + "' is one of: "
                        + Stream.of(all).map(Names::of).collect(Collectors.joining(", ")) + "."));
    }

    private static <E extends Enum<E>> Optional<E> find(E[] all, String name) {
        return Stream.of(all).filter(it -> of(it).equals(name)).findFirst();
    }
}
