package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Setting;
import platform.core.api.SettingGroup;
import platform.core.api.Settings;

/** The commands of the scope {@code config}. */
@Component(
        service = ConfigCommands.class,
        property = {
            "osgi.command.scope=config",
            "osgi.command.function=list",
            "osgi.command.function=get",
            "osgi.command.function=set",
            "osgi.command.function=edit",
            "osgi.command.function=unset"
        })
public final class ConfigCommands extends CommandGroup {

    private final Optional<Settings> settings;

    @Activate
    public ConfigCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Settings settings) {
        super("config", ConfigVerbs.class);
        this.settings = Optional.ofNullable(settings);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new ConfigVerbs(console, settings.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "PID" ->
                settings.stream()
                        .flatMap(it -> it.list().stream())
                        .map(SettingGroup::pid)
                        .toList();
            case "SETTING" ->
                settings.stream()
                        .flatMap(it -> it.list().stream())
                        .flatMap(it -> it.settings().stream())
                        .map(Setting::key)
                        .distinct()
                        .sorted()
                        .toList();
            default -> List.of();
        };
    }
}
