package platform.core.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;
import platform.core.api.State;

/** The apps: where they run and whether. Which there are, and their versions, is what lies in {@code apps}. */
final class StateApps extends StatePart {

    static final String STARTED = "started";
    static final String STOPPED = "stopped";
    private static final List<String> LIMITS = List.of("heap", "files", "memory", "cpu");
    private static final int MEGABYTE = 1024 * 1024;

    private static final ServicePlace USUAL = new ServicePlace(
            Isolation.BUNDLE, ProcessLimits.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty());

    private final Services services;
    private final ServicePlaces places;

    StateApps(Services services, ServicePlaces places) {
        super("apps", "app", "");
        this.services = services;
        this.places = places;
    }

    @Override
    Map<String, Object> standard(String name) {
        return fields("", USUAL, STARTED);
    }

    private static Map<String, Object> fields(String version, ServicePlace place, String state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version);
        fields.put("isolation", place.isolation().word());
        fields.put("heap", ByteSize.exact((long) place.limits().heapMegabytes() * MEGABYTE));
        fields.put("files", place.limits().files());
        fields.put("memory", PlaceVerbs.memoryText(place.limits().memoryMegabytes()));
        fields.put("cpu", PlaceVerbs.shareText(place.limits().cpuPercent()));
        fields.put("state", state);
        return fields;
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (ServiceInfo app : services.list()) {
            all.put(app.name(), fields(app.version(), place(app.name()), state(app.state())));
        }
        return all;
    }

    private ServicePlace place(String app) {
        try {
            return places.place(app);
        } catch (PlatformException e) {
            // A file that could not be adopted has no place.
            return USUAL;
        }
    }

    static String state(State state) {
        return state == State.STOPPED ? STOPPED : STARTED;
    }

    @Override
    Object normal(String key, Object value) {
        return switch (key) {
            case "state" -> checkedState(value);
            case "isolation" -> PlaceVerbs.isolation((String) value).word();
            case "heap" -> ByteSize.exact(new ByteSize().convert((String) value) / MEGABYTE * MEGABYTE);
            case "memory" -> PlaceVerbs.memoryText(PlaceVerbs.memory((String) value));
            case "cpu" -> PlaceVerbs.shareText(PlaceVerbs.share((String) value));
            default -> value;
        };
    }

    static Object checkedState(Object value) {
        if (!value.equals(STARTED) && !value.equals(STOPPED)) {
            throw new UsageException("Use " + STARTED + " or " + STOPPED + ".");
        }
        return value;
    }

    @Override
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        if (present.isEmpty()) {
            return Optional.of("It is not there. Copy its jar into apps in the data folder.");
        }
        return wanted.changes("version", present.get())
                ? Optional.of("It is " + present.get().get("version") + ". Copy the jar of " + wanted.text("version")
                        + " over it in apps in the data folder.")
                : Optional.empty();
    }

    @Override
    String create(StateWanted wanted) {
        throw new IllegalStateException("An app comes with its file only");
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        String app = wanted.name();
        if (LIMITS.stream().anyMatch(limit -> wanted.changes(limit, present))) {
            places.limit(app, limits(wanted));
        }
        if (wanted.changes("isolation", present)) {
            places.isolate(app, PlaceVerbs.isolation(wanted.text("isolation")));
        }
        if (wanted.changes("state", present)) {
            startOrStop(wanted.text("state"), () -> services.start(app), () -> services.stop(app));
        }
        return "";
    }

    private static ProcessLimits limits(StateWanted wanted) {
        return new ProcessLimits(
                PlaceVerbs.megabytes(new ByteSize().convert(wanted.text("heap"))),
                wanted.number("files"),
                PlaceVerbs.memory(wanted.text("memory")),
                PlaceVerbs.share(wanted.text("cpu")));
    }

    static void startOrStop(String state, Runnable start, Runnable stop) {
        (state.equals(STARTED) ? start : stop).run();
    }

    @Override
    boolean isRemovable(String name, YamlBlock document) {
        return false;
    }

    @Override
    void remove(String name) {
        throw new IllegalStateException("An app goes with its file only");
    }
}
