package platform.backup.archive;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import platform.core.api.CarriedInstance;
import platform.core.api.QuotaKind;
import platform.core.api.QuotaLimit;
import platform.core.api.TraceFlag;

/**
 * What a backup holds of an instance besides its database.
 *
 * @param path its path on the webserver
 * @param host its own host name; empty when it had none
 * @param password its instance password; never in {@link #toString()}
 * @param settings its settings
 * @param trace the words of its trace flags; backups of before there were any have none, which stands for the default
 * @param limits the limits that were set for it, by their words and as people write them; earlier backups have none
 */
record KeptInstance(
        String path,
        String host,
        String password,
        Map<String, String> settings,
        List<String> trace,
        Map<String, String> limits) {

    KeptInstance {
        settings = Map.copyOf(settings);
        trace = trace == null ? words(TraceFlag.DEFAULT) : List.copyOf(trace);
        limits = limits == null ? Map.of() : Map.copyOf(limits);
    }

    static KeptInstance of(CarriedInstance carried) {
        Map<String, String> limits = new TreeMap<>();
        carried.limits().forEach((kind, limit) -> limits.put(kind.word(), QuotaLimit.text(kind, limit)));
        return new KeptInstance(
                carried.info().path(),
                carried.info().host(),
                carried.password(),
                carried.info().settings(),
                words(carried.info().trace()),
                limits);
    }

    static List<String> words(Set<TraceFlag> flags) {
        return flags.stream().map(TraceFlag::word).toList();
    }

    /** Those that this platform knows. */
    Set<TraceFlag> traceFlags() {
        return Stream.of(TraceFlag.values())
                .filter(flag -> trace.contains(flag.word()))
                .collect(Collectors.toSet());
    }

    /** Those that this platform knows. */
    Map<QuotaKind, Optional<Long>> quotas() {
        return Stream.of(QuotaKind.values())
                .filter(kind -> limits.containsKey(kind.word()))
                .collect(Collectors.toMap(kind -> kind, kind -> QuotaLimit.parse(kind, limits.get(kind.word()))));
    }

    @Override
    public String toString() {
        return "KeptInstance[path=" + path + "]";
    }
}
