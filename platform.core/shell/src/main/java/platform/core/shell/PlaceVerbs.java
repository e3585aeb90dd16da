package platform.core.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.Isolation;
import platform.core.api.ProcessLimits;
import platform.core.api.Role;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;

/** Where apps run, and what their processes may take. */
final class PlaceVerbs {

    private static final String NAME = "The app's name, as app:list shows it.";

    private final CommandConsole console;
    private final ServicePlaces places;

    PlaceVerbs(CommandConsole console, ServicePlaces places) {
        this.console = console;
        this.places = places;
    }

    @Needs(value = Role.VIEWER, administratorFor = "WHERE")
    @Command(
            name = "app:isolation",
            description = "Show where an app runs, or move it: into a process of its own, or into the platform's.",
            footer = {
                "%nIts instances keep their paths and their data. While it moves requests wait for up to 5 s, and WebSockets are"
                        + " closed with 1012.",
                "%nExamples:",
                "  app:isolation files",
                "  app:isolation files process",
                "  app:isolation files bundle"
            })
    void isolation(
            @Parameters(index = "0", paramLabel = "APP", description = NAME) String name,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "WHERE",
                            converter = Converters.Place.class,
                            description = "process, or bundle.")
                    Isolation where,
            @Mixin Output output) {
        if (where != null) {
            Work.whole(() -> places.isolate(name, where));
        }
        show(name, output);
    }

    @Needs(
            value = Role.VIEWER,
            administratorFor = {"--heap", "--files", "--memory", "--cpu"})
    @Command(
            name = "app:limit",
            description = "Show how much an app's process may take, or change it. A process that runs is restarted.",
            footer = {
                "%nThey hold while the app runs in a process of its own: app:isolation APP process.",
                "%nExamples:",
                "  app:limit files",
                "  app:limit files --heap 256M --files 1024",
                "  app:limit files --memory 512M --cpu 50%%",
                "  app:limit files --memory none --cpu none"
            })
    void limit(
            @Parameters(index = "0", paramLabel = "APP", description = NAME) String name,
            @Option(
                            names = "--heap",
                            paramLabel = "SIZE",
                            converter = Converters.Heap.class,
                            description = "The heap of its JVM, in whole megabytes: 256M.")
                    Integer heap,
            @Option(names = "--files", paramLabel = "N", description = "Files and sockets that it may have open.")
                    Integer files,
            @Option(
                            names = "--memory",
                            paramLabel = "SIZE",
                            converter = Converters.Memory.class,
                            description = "All memory of the process, in whole megabytes: 512M, or none.")
                    Integer memory,
            @Option(
                            names = "--cpu",
                            paramLabel = "SHARE",
                            converter = Converters.Cpu.class,
                            description = "Of one processor: 50%%, 150%% for one and a half, or none.")
                    Integer cpu,
            @Mixin Output output) {
        ProcessLimits now = places.place(name).limits();
        ProcessLimits changed = new ProcessLimits(
                heap == null ? now.heapMegabytes() : heap,
                files == null ? now.files() : files,
                memory == null ? now.memoryMegabytes() : memory,
                cpu == null ? now.cpuPercent() : cpu);
        if (!changed.equals(now)) {
            Work.whole(() -> places.limit(name, changed));
        }
        show(name, output);
    }

    private void show(String name, Output output) {
        ServicePlace place = places.place(name);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("App", name);
        fields.put("Isolation", place.isolation().word());
        fields.putAll(PlaceText.fields(place));
        output.fields(console, place, fields);
    }
}
