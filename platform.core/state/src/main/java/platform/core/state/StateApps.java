package platform.core.state;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import platform.core.api.AppFiles;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ReceivedApp;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;
import platform.core.api.State;

/** The apps: which version, where they run and whether. They come with a jar that the document names, or that lies in {@code apps}. */
final class StateApps extends StatePart {

    static final String STARTED = "started";
    static final String STOPPED = "stopped";
    private static final List<String> LIMITS = List.of("heap", "files", "memory", "cpu");
    private static final String VERSION = "version";
    private static final String JAR = "jar";
    private static final String HASH = "sha256";

    private static final ServicePlace USUAL = new ServicePlace(
            Isolation.BUNDLE, ProcessLimits.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty());

    private final Services services;
    private final ServicePlaces places;
    private final AppFiles files;
    private final StateSource source;

    StateApps(Services services, ServicePlaces places, AppFiles files, StateSource source) {
        super("apps", "app", "");
        this.services = services;
        this.places = places;
        this.files = files;
        this.source = source;
    }

    @Override
    Map<String, Object> standard(String name) {
        return fields("", USUAL, STARTED);
    }

    private static Map<String, Object> fields(String version, ServicePlace place, String state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(VERSION, version);
        fields.put(JAR, "");
        fields.put(HASH, "");
        fields.put("isolation", place.isolation().word());
        fields.put("heap", ProcessLimits.memoryText(place.limits().heapMegabytes()));
        fields.put("files", place.limits().files());
        fields.put("memory", ProcessLimits.memoryText(place.limits().memoryMegabytes()));
        fields.put("cpu", ProcessLimits.cpuText(place.limits().cpuPercent()));
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
            case "isolation" -> Isolation.parse((String) value).word();
            case "heap" -> ProcessLimits.memoryText(ProcessLimits.heap((String) value));
            case "memory" -> ProcessLimits.memoryText(ProcessLimits.memory((String) value));
            case "cpu" -> ProcessLimits.cpuText(ProcessLimits.cpu((String) value));
            default -> value;
        };
    }

    static Object checkedState(Object value) {
        if (!value.equals(STARTED) && !value.equals(STOPPED)) {
            throw PlatformException.invalid("Use " + STARTED + " or " + STOPPED + ".");
        }
        return value;
    }

    @Override
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        boolean isMissing = present.isEmpty() || wanted.changes(VERSION, present.get());
        if (isMissing && wanted.given(JAR).isPresent()) {
            return jarProblem(wanted);
        }
        if (present.isEmpty()) {
            return Optional.of("It is not there. Name its jar, or copy it into apps in the data folder.");
        }
        return isMissing
                ? Optional.of("It is " + present.get().get(VERSION) + ". Name the jar of " + wanted.text(VERSION)
                        + ", or copy it over the other in apps in the data folder.")
                : Optional.empty();
    }

    /** It is installed when another version is there: so which it is has to be said. */
    private Optional<String> jarProblem(StateWanted wanted) {
        if (wanted.given(VERSION).isEmpty()) {
            return Optional.of("Say of which version its jar is.");
        }
        if (StateSource.isAddress(wanted.text(JAR)) && wanted.given(HASH).isEmpty()) {
            return Optional.of("Give the sha256 of the jar, since it comes over the network.");
        }
        return source.problem(wanted.text(JAR));
    }

    @Override
    Set<String> origins() {
        return Set.of(JAR, HASH);
    }

    @Override
    String create(StateWanted wanted) {
        String failure = install(wanted);
        settle(wanted, present().get(wanted.name()));
        return failure;
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        String failure = wanted.changes(VERSION, present) ? install(wanted) : "";
        settle(wanted, present);
        return failure;
    }

    /** Why it does not run, if it does not. */
    private String install(StateWanted wanted) {
        try (InputStream jar = source.open(wanted.text(JAR));
                ReceivedApp received = files.receive(wanted.name(), jar)) {
            require("sha256", wanted.text(HASH).toLowerCase(Locale.ROOT), received.hash());
            require(VERSION, wanted.text(VERSION), received.version());
            ServiceInfo installed = received.install();
            return installed.state() == State.FAILED ? "FAILED: " + installed.reason() : "";
        } catch (IOException e) {
            throw StateSource.unreadable(wanted.text(JAR), e);
        }
    }

    private static void require(String what, String wanted, String found) {
        if (!wanted.isEmpty() && !wanted.equals(found)) {
            throw PlatformException.invalid(
                    "The jar has the " + what + " " + found + ", not " + wanted + ", and was not installed.");
        }
    }

    private void settle(StateWanted wanted, Map<String, Object> present) {
        String app = wanted.name();
        if (LIMITS.stream().anyMatch(limit -> wanted.changes(limit, present))) {
            places.limit(app, limits(wanted));
        }
        if (wanted.changes("isolation", present)) {
            places.isolate(app, Isolation.parse(wanted.text("isolation")));
        }
        if (wanted.changes("state", present)) {
            startOrStop(wanted.text("state"), () -> services.start(app), () -> services.stop(app));
        }
    }

    private static ProcessLimits limits(StateWanted wanted) {
        return new ProcessLimits(
                ProcessLimits.heap(wanted.text("heap")),
                wanted.number("files"),
                ProcessLimits.memory(wanted.text("memory")),
                ProcessLimits.cpu(wanted.text("cpu")));
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
