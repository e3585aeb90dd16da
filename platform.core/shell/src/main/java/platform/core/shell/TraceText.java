package platform.core.shell;

import java.util.Set;
import java.util.stream.Collectors;
import platform.core.api.TraceFlag;

/** Trace flags as administrators write them. */
final class TraceText {

    static final String DEFAULT = "default";
    static final String NONE = "none";

    private TraceText() {}

    static String line(Set<TraceFlag> flags) {
        return flags.isEmpty() ? NONE : flags.stream().map(TraceFlag::word).collect(Collectors.joining(", "));
    }

    static String logs(TraceFlag flag) {
        if (flag.isNative()) {
            return "nothing: of native clients only";
        }
        return flag.logs().isEmpty() ? "what the app logs to " + flag.logger() : flag.logs();
    }
}
