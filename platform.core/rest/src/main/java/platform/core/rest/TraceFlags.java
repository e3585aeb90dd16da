package platform.core.rest;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import platform.core.api.TraceFlag;

/** Trace flags as JSON has them: {@code app-websocket}. */
final class TraceFlags {

    private TraceFlags() {}

    /** @throws platform.core.api.PlatformException INVALID when there is no such flag */
    static Set<TraceFlag> of(List<String> words) {
        return Required.elements("trace", words).stream().map(TraceFlag::parse).collect(Collectors.toSet());
    }

    static List<String> words(Collection<TraceFlag> flags) {
        return flags.stream().map(TraceFlag::word).toList();
    }
}
