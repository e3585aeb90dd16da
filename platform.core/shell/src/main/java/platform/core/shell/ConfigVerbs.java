package platform.core.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.Setting;
import platform.core.api.SettingBounds;
import platform.core.api.SettingGroup;
import platform.core.api.SettingType;
import platform.core.api.Settings;

/** What can be done with the platform's own settings. */
final class ConfigVerbs {

    private static final String PID = "Whose settings, as config:list shows them: the name of a file in etc.";
    private static final String KEY = "The setting's key.";
    private static final String VALUE =
            "Its value; - reads it unseen, or from standard input: a secret is set so only.";
    private static final String HIDDEN = "***";

    private final CommandConsole console;
    private final Settings settings;

    ConfigVerbs(CommandConsole console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "config:list",
            description = "List the platform's own settings: those that are set, or all of one PID.",
            footer = {
                "%nThey are the files etc/PID.cfg in the data folder, which may as well be written by hand. Secrets are never shown.",
                "%nExamples:",
                "  config:list",
                "  config:list platform.webserver.jetty"
            })
    void list(@Parameters(arity = "0..1", paramLabel = "PID", description = PID) String pid, @Mixin Output output) {
        List<SettingGroup> groups = pid == null ? settings.list() : List.of(group(pid));
        Table table = new Table("PID", "SETTING", "VALUE", "DEFAULT", "ALLOWED", "WHAT IT IS");
        groups.forEach(group -> rows(table, group, pid != null));
        output.list(console, groups, table);
    }

    private static void rows(Table table, SettingGroup group, boolean all) {
        if (!all
                && group.settings().stream().noneMatch(Setting::given)
                && group.unknown().isEmpty()) {
            table.row(group.pid(), "", "", "", "", group.name());
        }
        group.settings().stream()
                .filter(it -> all || it.given())
                .forEach(it -> table.row(group.pid(), it.key(), shown(it), it.standard(), allowed(it), what(it)));
        group.unknown().forEach(key -> table.row(group.pid(), key, "", "", "", "UNKNOWN: look at its spelling"));
    }

    private static String allowed(Setting setting) {
        return setting.bounds().map(SettingBounds::toString).orElse(String.join(", ", setting.options()));
    }

    private static String what(Setting setting) {
        return setting.description().isEmpty() ? setting.name() : setting.description();
    }

    private static String shown(Setting setting) {
        return setting.given() ? setting.value().orElse(HIDDEN) : "";
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "config:get",
            description = "Print what holds for a setting: its value, or its default. A secret is never shown.",
            footer = "%nExample: config:get platform.webserver.jetty max.requests")
    void get(
            @Parameters(index = "0", paramLabel = "PID", description = PID) String pid,
            @Parameters(index = "1", paramLabel = "SETTING", description = KEY) String key,
            @Mixin Output output) {
        Setting setting = setting(group(pid), key);
        output.text(console, setting, Table.visible(setting.given() ? shown(setting) : setting.standard()));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "config:set",
            description =
                    "Change a setting of the platform. It holds a second later; some restart a part of the platform.",
            footer = {
                "%nThe value is compared with the setting's type and bounds and written to etc/PID.cfg, the rest of which stays as it is.",
                "A new one of a kind is made by the name KIND~NAME.",
                "%nExamples:",
                "  config:set platform.webserver.jetty max.requests 512",
                "  config:set platform.backup.CommandFile url -"
            })
    void set(
            @Parameters(index = "0", paramLabel = "PID", description = PID) String pid,
            @Parameters(index = "1", paramLabel = "SETTING", description = KEY) String key,
            @Parameters(index = "2", paramLabel = "VALUE", description = VALUE) String value,
            @Mixin Output output) {
        SettingGroup group = declared(pid);
        boolean secret = setting(group, key).type() == SettingType.SECRET;
        if (secret && !value.equals("-")) {
            throw new UsageException("config:set: " + key + " is a secret, which others could see in a command."
                    + " Give - and type it, or give it from standard input.");
        }
        String text = value.equals("-") ? console.secret("Value: ") : value;
        change(pid, key, Optional.of(text), output);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "config:edit",
            description = "The same as config:set: Karaf's edit, property-set and update in one.",
            footer = "%nExample: config:edit platform.webserver.jetty max.requests 512")
    void edit(
            @Parameters(index = "0", paramLabel = "PID", description = PID) String pid,
            @Parameters(index = "1", paramLabel = "SETTING", description = KEY) String key,
            @Parameters(index = "2", paramLabel = "VALUE", description = VALUE) String value,
            @Mixin Output output) {
        set(pid, key, value, output);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "config:unset",
            description = "Let the default of a setting hold again.",
            footer = "%nExample: config:unset platform.webserver.jetty max.requests")
    void unset(
            @Parameters(index = "0", paramLabel = "PID", description = PID) String pid,
            @Parameters(index = "1", paramLabel = "SETTING", description = KEY) String key,
            @Mixin Output output) {
        change(pid, key, Optional.empty(), output);
    }

    private void change(String pid, String key, Optional<String> value, Output output) {
        SettingGroup changed = Work.whole(() -> settings.change(
                pid,
                Map.of(key, value),
                before -> before.find(key).ifPresent(it -> console.note("was: " + shown(it)))));
        Optional<Setting> setting = changed.find(key);
        String now = setting.map(it -> it.given() ? shown(it) : it.standard() + " (the default)")
                .orElse("gone");
        console.note("is: " + now);
        output.text(console, changed, key + " of " + pid + " is " + Table.visible(now) + ".");
    }

    private SettingGroup group(String pid) {
        return settings.find(pid).orElseThrow(() -> missing(pid));
    }

    private SettingGroup declared(String pid) {
        return settings.declared(pid).orElseThrow(() -> missing(pid));
    }

    private static PlatformException missing(String pid) {
        return PlatformException.notFound("There are no settings " + Table.quoted(pid) + ". See config:list.");
    }

    private static Setting setting(SettingGroup group, String key) {
        return group.find(key)
                .orElseThrow(() -> PlatformException.notFound("There is no setting " + Table.quoted(key) + " in "
                        + group.pid() + ". See config:list " + group.pid() + "."));
    }
}
