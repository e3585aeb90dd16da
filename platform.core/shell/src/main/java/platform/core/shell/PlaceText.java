package platform.core.shell;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import platform.core.api.ProcessLimits;
import platform.core.api.ServicePlace;
import platform.core.api.ServiceUse;

/** What the process of an app uses, and how much it may. */
final class PlaceText {

    private static final int MEGABYTE = 1 << 20;

    private PlaceText() {}

    static Map<String, Object> fields(ServicePlace place) {
        Map<String, Object> fields = new LinkedHashMap<>();
        ProcessLimits limits = place.limits();
        Optional<ServiceUse> use = place.use();
        place.process().ifPresent(process -> fields.put("Process", process));
        fields.put("Heap", limits.heapMegabytes() + "M");
        fields.put("Memory", of(use.map(it -> it.memory() / MEGABYTE + "M"), limits.memoryMegabytes(), "M"));
        fields.put(
                "CPU",
                of(use.map(it -> String.format(Locale.ROOT, "%.1f%%", it.cpuPercent())), limits.cpuPercent(), "%"));
        fields.put("Open files", of(use.map(it -> Integer.toString(it.files())), limits.files(), ""));
        place.caveat().ifPresent(caveat -> fields.put("Note", caveat));
        return fields;
    }

    private static String of(Optional<String> use, int limit, String unit) {
        String most = limit == ProcessLimits.NONE ? "no limit" : limit + unit;
        return use.map(it -> it + (limit == ProcessLimits.NONE ? ", " : " of ") + most)
                .orElse(most);
    }
}
