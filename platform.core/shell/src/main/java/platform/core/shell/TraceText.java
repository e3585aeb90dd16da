package platform.core.shell;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import platform.core.api.TraceFlag;

/** Trace flags as administrators write them. */
final class TraceText {

    static final String DEFAULT = "default";
    static final String NONE = "none";

    private TraceText() {}

    /**
     * What words make of flags: {@code +flag} and {@code -flag} change single ones; any other word begins anew.
     *
     * @throws platform.core.api.PlatformException INVALID when there is no such flag
     */
    static Set<TraceFlag> apply(Set<TraceFlag> present, Collection<String> words) {
        boolean anew = words.stream().anyMatch(word -> !word.startsWith("+") && !word.startsWith("-"));
        Set<TraceFlag> flags = EnumSet.noneOf(TraceFlag.class);
        if (!anew) {
            flags.addAll(present);
        }
        words.forEach(word -> apply(flags, word));
        return TraceFlag.copyOf(flags);
    }

    private static void apply(Set<TraceFlag> flags, String word) {
        if (word.equals(DEFAULT)) {
            flags.addAll(TraceFlag.DEFAULT);
        } else if (word.startsWith("-")) {
            flags.remove(TraceFlag.parse(word.substring(1)));
        } else if (!word.equals(NONE)) {
            flags.add(TraceFlag.parse(word.startsWith("+") ? word.substring(1) : word));
        }
    }

    static List<String> words(Collection<TraceFlag> flags) {
        return flags.stream().map(TraceFlag::word).toList();
    }

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
