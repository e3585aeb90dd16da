package platform.core.manager;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import platform.core.api.AppMessage;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.TraceFlag;

/** Does what an installer asks for. Each method gives the fields of the answer, or throws a PlatformException. */
final class ManagerRequests {

    private static final String APP = "appServiceID";
    private static final String NAME = "appName";
    private static final String DOMAIN = "appDomain";
    private static final String PATH = "webserverPath";
    private static final String DATABASE = "dbName";
    private static final String SERVER = "dbHost";
    private static final String EXCLUDED = "excludeFromBackup";
    private static final String TRACE = "logFlags";
    private static final List<String> SHOWN = List.of(APP, PATH, SERVER, DATABASE);
    /** The setting by which schedules leave an instance out. */
    private static final Map<String, String> NO_BACKUP = Map.of("backup.exclude", "true");

    private static final Set<String> THIS_MACHINE = Set.of("", "localhost", "127.0.0.1", "::1");

    private final Supplier<String> version;
    private final Services services;
    private final Instances instances;

    ManagerRequests(Supplier<String> version, Services services, Instances instances) {
        this.version = version;
        this.services = services;
        this.instances = instances;
    }

    /** What a message is about, for the audit: an instance, an app, or nothing. */
    static String target(AppMessage message) {
        String name = message.text(NAME);
        return name.isEmpty() ? message.text(APP) : name + "@" + message.text(DOMAIN);
    }

    /** What it asks for, without passwords, for the audit. */
    static String shown(AppMessage message) {
        return SHOWN.stream()
                .filter(field -> !message.text(field).isEmpty())
                .map(field -> field + "=" + message.text(field))
                .collect(Collectors.joining(" "));
    }

    Map<String, ?> info(AppMessage message) {
        return Map.of("version", version.get());
    }

    /** An app is installed by its file in the folder apps. */
    Map<String, ?> install(AppMessage message) {
        return Map.of("version", service(message).version());
    }

    private ServiceInfo service(AppMessage message) {
        String name = required(message, APP);
        return services.find(name)
                .orElseThrow(() -> PlatformException.notFound("There is no app " + InstanceId.quoted(name)
                        + ". Put its jar into the folder apps of the platform first, or use one that app:list shows."));
    }

    Map<String, ?> add(AppMessage message) {
        InstanceSpec spec = spec(message);
        CreatedInstance created = instances.create(spec);
        Map<String, Object> fields = new HashMap<>();
        fields.put(PATH, created.info().path());
        if (spec.password().isEmpty()) {
            fields.put("appPassword", created.password());
        }
        return fields;
    }

    /** The platform itself makes the role that the database belongs to, and its password. */
    private InstanceSpec spec(AppMessage message) {
        return new InstanceSpec(
                id(message),
                service(message).name(),
                text(message, PATH).map(ManagerRequests::path),
                Optional.empty(),
                text(message, DATABASE),
                text(message, "appPassword"),
                isExcluded(message) ? NO_BACKUP : Map.of(),
                text(message, SERVER).filter(host -> !THIS_MACHINE.contains(host)),
                trace(message));
    }

    /** A number, or a text with one. Who made it by JavaScript's bit operations may have made a negative one of 32 bits. */
    private static Set<TraceFlag> trace(AppMessage message) {
        String given = String.valueOf(message.fields().getOrDefault(TRACE, "")).strip();
        if (given.isEmpty()) {
            return TraceFlag.DEFAULT;
        }
        try {
            long bits = given.startsWith("0x") ? Long.parseLong(given.substring(2), 16) : Long.parseLong(given);
            return TraceFlag.ofBits(bits < 0 && bits >= Integer.MIN_VALUE ? Integer.toUnsignedLong((int) bits) : bits);
        } catch (NumberFormatException e) {
            throw new PlatformException(
                    PlatformException.Kind.INVALID,
                    message.mt() + ": " + TRACE + " is the sum of the trace flags' bits. Give a number: 32769.",
                    e);
        }
    }

    /** Nothing public says of which type it is. */
    private static boolean isExcluded(AppMessage message) {
        return switch (String.valueOf(message.fields().getOrDefault(EXCLUDED, ""))) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default ->
                throw PlatformException.invalid(
                        message.mt() + ": " + EXCLUDED + " is true or false. Give one of them.");
        };
    }

    /** Installers know paths without a slash at the beginning, and with one at the end. */
    private static String path(String given) {
        return "/" + given.replaceAll("^/+|/+$", "");
    }

    Map<String, ?> start(AppMessage message) {
        InstanceId id = id(message);
        String app = required(message, APP);
        instances
                .find(id)
                .filter(it -> it.app().equals(app))
                .orElseThrow(() -> PlatformException.notFound(
                        "The app " + InstanceId.quoted(app) + " has no instance " + id + ". AddInstance makes one."));
        instances.start(id);
        return Map.of();
    }

    private static InstanceId id(AppMessage message) {
        return new InstanceId(required(message, NAME), required(message, DOMAIN));
    }

    private static Optional<String> text(AppMessage message, String field) {
        return Optional.of(message.text(field)).filter(text -> !text.isEmpty());
    }

    private static String required(AppMessage message, String field) {
        return text(message, field)
                .orElseThrow(
                        () -> PlatformException.invalid(message.mt() + " needs the text field " + field + ". Add it."));
    }
}
