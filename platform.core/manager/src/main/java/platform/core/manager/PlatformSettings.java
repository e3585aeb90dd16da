package platform.core.manager;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.utils.properties.Properties;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import platform.core.api.PlatformException;
import platform.core.api.Setting;
import platform.core.api.SettingBounds;
import platform.core.api.SettingGroup;
import platform.core.api.SettingType;
import platform.core.api.Settings;

/**
 * The settings that the platform's bundles declare, and what the files in {@code etc} say of them. The files are the truth:
 * Configuration Admin follows them, and is filled from them at each start.
 */
@Component
public final class PlatformSettings implements Settings {

    private static final String OURS = "platform.";
    private static final String ENDING = ".cfg";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** What fits into 32 bits, which is enough also where a setting could take more. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private final Path etc;
    private final Supplier<List<SettingDefinition>> definitions;

    @Activate
    public PlatformSettings(BundleContext context, @Reference MetaTypeService metatype) {
        this(PlatformFolders.of(context).data().resolve("etc"), () -> declared(context, metatype));
    }

    PlatformSettings(Path etc, Supplier<List<SettingDefinition>> definitions) {
        this.etc = etc;
        this.definitions = definitions;
    }

    private static List<SettingDefinition> declared(BundleContext context, MetaTypeService metatype) {
        return Arrays.stream(context.getBundles())
                .filter(it -> String.valueOf(it.getSymbolicName()).startsWith(OURS))
                .map(metatype::getMetaTypeInformation)
                // Of a bundle that is not resolved nothing is known.
                .filter(Objects::nonNull)
                .flatMap(PlatformSettings::declared)
                .toList();
    }

    private static Stream<SettingDefinition> declared(MetaTypeInformation metatype) {
        DeclaredBounds bounds = DeclaredBounds.of(metatype.getBundle());
        return Stream.concat(
                declared(metatype, metatype.getPids(), false, bounds),
                declared(metatype, metatype.getFactoryPids(), true, bounds));
    }

    private static Stream<SettingDefinition> declared(
            MetaTypeInformation metatype, String[] pids, boolean factory, DeclaredBounds bounds) {
        return Arrays.stream(pids)
                .map(pid -> SettingDefinition.of(pid, factory, metatype.getObjectClassDefinition(pid, null), bounds));
    }

    @Override
    public List<SettingGroup> list() {
        return definitions.get().stream()
                .flatMap(it -> pids(it).stream().map(pid -> read(pid, it)))
                .sorted(Comparator.comparing(SettingGroup::pid))
                .toList();
    }

    private List<String> pids(SettingDefinition definition) {
        if (!definition.factory()) {
            return List.of(definition.pid());
        }
        String beginning = definition.pid() + "-";
        List<String> pids = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(etc, beginning + "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                pids.add(definition.pid() + "~" + name.substring(beginning.length(), name.length() - ENDING.length()));
            }
            return pids;
        } catch (IOException e) {
            throw PlatformException.failed("The settings in " + etc + " cannot be listed: " + e, e);
        }
    }

    @Override
    public Optional<SettingGroup> find(String pid) {
        return definition(pid)
                .filter(it -> !it.factory() || Files.exists(file(pid).file()))
                .map(it -> read(pid, it));
    }

    @Override
    public Optional<SettingGroup> declared(String pid) {
        return definition(pid).map(it -> read(pid, it));
    }

    private Optional<SettingDefinition> definition(String pid) {
        int tilde = pid.indexOf('~');
        String declared = tilde < 0 ? pid : pid.substring(0, tilde);
        boolean named = tilde >= 0 && NAME.matcher(pid.substring(tilde + 1)).matches();
        return definitions.get().stream()
                .filter(it -> it.pid().equals(declared) && it.factory() == named && named == (tilde >= 0))
                .findFirst();
    }

    private SettingDefinition known(String pid) {
        return definition(pid)
                .orElseThrow(() -> PlatformException.notFound(
                        "There are no settings " + quoted(pid) + ". See config:list; of a kind, give KIND~NAME."));
    }

    /** File Install takes what follows the first hyphen for the name, and makes the tilde of it. */
    private SettingsFile file(String pid) {
        return new SettingsFile(etc.resolve(pid.replace('~', '-') + ENDING));
    }

    private SettingGroup read(String pid, SettingDefinition definition) {
        Properties lines = file(pid).read();
        List<Setting> settings =
                definition.settings().stream().map(it -> filled(it, lines)).toList();
        List<String> unknown = lines.keySet().stream()
                .filter(key -> settings.stream().noneMatch(it -> it.key().equals(key)))
                .sorted()
                .toList();
        return new SettingGroup(pid, definition.name(), definition.description(), settings, unknown);
    }

    private static Setting filled(Setting declared, Properties lines) {
        Optional<String> value = SettingsFile.value(lines, declared.key());
        return new Setting(
                declared.key(),
                declared.name(),
                declared.description(),
                declared.type(),
                declared.options(),
                declared.bounds(),
                declared.standard(),
                value.isPresent(),
                declared.type() == SettingType.SECRET ? Optional.empty() : value);
    }

    @Override
    public synchronized SettingGroup change(
            String pid, Map<String, Optional<String>> changes, Consumer<SettingGroup> check) {
        SettingDefinition definition = known(pid);
        SettingGroup present = read(pid, definition);
        check.accept(present);
        changes.forEach((key, value) -> checkChange(present, key, value));
        Properties lines = file(pid).read();
        changes.forEach((key, value) ->
                value.map(String::strip).ifPresentOrElse(text -> lines.put(key, text), () -> lines.remove(key)));
        file(pid).write(lines);
        return read(pid, definition);
    }

    /** What nobody declares can be removed, and not set. */
    private static void checkChange(SettingGroup group, String key, Optional<String> value) {
        Optional<Setting> setting = group.find(key);
        if (setting.isEmpty() && !(value.isEmpty() && group.unknown().contains(key))) {
            throw PlatformException.invalid("There is no setting " + quoted(key) + " in " + group.pid()
                    + ". See config:list " + group.pid() + ".");
        }
        value.ifPresent(text -> checkValue(group.pid(), setting.orElseThrow(), text.strip()));
    }

    private static void checkValue(String pid, Setting setting, String value) {
        boolean fits = switch (setting.type()) {
            case TRUTH -> value.equals("true") || value.equals("false");
            case WHOLE_NUMBER -> WHOLE_NUMBER.matcher(value).matches();
            case TEXT, SECRET -> value.chars().noneMatch(Character::isISOControl);
        };
        if (!fits
                || !isWithin(setting.bounds(), value)
                || !setting.options().isEmpty() && !setting.options().contains(value)) {
            String given = setting.type() == SettingType.SECRET ? "its value" : quoted(value);
            throw PlatformException.invalid("The setting " + setting.key() + " of " + pid + " cannot be " + given
                    + ": give " + wanted(setting));
        }
    }

    /** A text may be a word instead of a number. */
    private static boolean isWithin(Optional<SettingBounds> bounds, String value) {
        return bounds.isEmpty()
                || !NUMBER.matcher(value).matches()
                || WHOLE_NUMBER.matcher(value).matches() && bounds.get().includes(Long.parseLong(value));
    }

    private static String wanted(Setting setting) {
        if (!setting.options().isEmpty()) {
            return String.join(", ", setting.options()) + ".";
        }
        String bounds = setting.bounds().map(it -> " from " + it).orElse("");
        return switch (setting.type()) {
            case TRUTH -> "true or false.";
            case WHOLE_NUMBER -> "a whole number" + bounds + ".";
            case TEXT, SECRET -> bounds.isEmpty() ? "one line of text." : "a number" + bounds + ", or a word.";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replaceAll("\\p{Cntrl}", "\uFFFD") + "'";
    }

    @Override
    public synchronized void reset(String pid) {
        known(pid);
        file(pid).remove();
    }
}
