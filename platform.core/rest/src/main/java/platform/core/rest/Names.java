package platform.core.rest;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
        for (QuotaKind kind : QuotaKind.values()) {
            if (of(kind).equals(name)) {
                return kind;
            }
        }
        throw ProblemException.invalid("There is no limit '" + name + "'. Look at the limits of the instance.");
    }
}
