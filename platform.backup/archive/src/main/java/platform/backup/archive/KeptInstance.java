package platform.backup.archive;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import platform.core.api.TraceFlag;

/**
 * What a backup holds of an instance besides its database.
 *
 * @param path its path on the webserver
 * @param host its own host name; empty when it had none
 * @param password its instance password; never in {@link #toString()}
 * @param settings its settings
 * @param trace the words of its trace flags; backups of before there were any have none, which stands for the default
 */
record KeptInstance(String path, String host, String password, Map<String, String> settings, List<String> trace) {

    KeptInstance {
        settings = Map.copyOf(settings);
        trace = trace == null ? words(TraceFlag.DEFAULT) : List.copyOf(trace);
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

    @Override
    public String toString() {
        return "KeptInstance[path=" + path + "]";
    }
}
