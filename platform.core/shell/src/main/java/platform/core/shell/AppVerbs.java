package platform.core.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;

/** What can be done with the apps. */
final class AppVerbs {

    private static final String NAME = "The app's name, as app:list shows it.";

    private final CommandConsole console;
    private final Services services;
    private final Optional<ServicePlaces> places;

    AppVerbs(CommandConsole console, Services services, Optional<ServicePlaces> places) {
        this.console = console;
        this.services = services;
        this.places = places;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "app:list",
            description = "List the apps, also those that cannot run, with the reason.",
            footer = "%nExample: app:list -o json")
    void list(@Mixin Output output) {
        List<ServiceInfo> apps = services.list();
        Table table = new Table("APP", "VERSION", "STATE", "SINCE", "INSTANCES", "FILE", "REASON");
        apps.forEach(a -> table.row(
                a.name(),
                a.version(),
                a.state(),
                StateText.since(a.since()),
                a.instances(),
                a.file(),
                StateText.why(a.reason(), a.nextAttempt())));
        output.list(console, apps, table);
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "app:info",
            description = "Show all that is known about an app.",
            footer = "%nExample: app:info files")
    void info(@Parameters(paramLabel = "APP", description = NAME) String name, @Mixin Output output) {
        ServiceInfo app = app(name);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("App", app.name());
        fields.put("Title", app.title());
        fields.put("Version", app.version());
        fields.put("State", app.state());
        fields.put("Reason", app.reason());
        fields.put("Since", app.since());
        app.nextAttempt().ifPresent(at -> fields.put("Next attempt", at));
        fields.put("File", app.file());
        fields.put("Instances", app.instances());
        places.ifPresent(it -> fields.putAll(where(it, name)));
        output.fields(console, app, fields);
    }

    /** All else is shown also while the database, which knows where it should run, is away. */
    private static Map<String, Object> where(ServicePlaces places, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            ServicePlace place = places.place(name);
            fields.put("Isolation", place.isolation().word());
            if (place.isolation() == Isolation.PROCESS) {
                fields.putAll(PlaceText.fields(place));
            }
        } catch (PlatformException e) {
            fields.put("Isolation", "unknown: " + e.getMessage());
        }
        return fields;
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "app:start",
            description = "Start an app, also one in quarantine, and those of its instances that should run.",
            footer = "%nExample: app:start files")
    void start(@Parameters(paramLabel = "APP", description = NAME) String name, @Mixin Output output) {
        Work.whole(() -> services.start(name));
        output.text(console, app(name), "Started " + name + ".");
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "app:stop",
            description = "Stop an app with its instances, until it is started again.",
            footer = "%nExample: app:stop files")
    void stop(@Parameters(paramLabel = "APP", description = NAME) String name, @Mixin Output output) {
        Work.whole(() -> services.stop(name));
        output.text(console, app(name), "Stopped " + name + ".");
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "app:restart",
            description = "Stop an app with its instances and start it again.",
            footer = "%nExample: app:restart files")
    void restart(@Parameters(paramLabel = "APP", description = NAME) String name, @Mixin Output output) {
        Work.whole(() -> {
            services.stop(name);
            services.start(name);
        });
        output.text(console, app(name), "Restarted " + name + ".");
    }

    private ServiceInfo app(String name) {
        return services.find(name)
                .orElseThrow(() -> PlatformException.notFound("There is no app " + Table.quoted(name)
                        + ". See app:list, or drop its jar into the folder apps."));
    }
}
