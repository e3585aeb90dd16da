package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.UserKey;
import platform.core.api.UserKeys;
import platform.core.api.Users;

/** The command {@code user:key}. */
@Component(
        service = KeyCommands.class,
        property = {"osgi.command.scope=user", "osgi.command.function=key"})
public final class KeyCommands extends CommandGroup {

    private final Optional<UserKeys> keys;
    private final Optional<Users> users;

    @Activate
    public KeyCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    UserKeys keys,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Users users) {
        super("user", KeyVerbs.class);
        this.keys = Optional.ofNullable(keys);
        this.users = Optional.ofNullable(users);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new KeyVerbs(console, keys.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "ACTION" -> List.of("add", "list", "remove");
            case "USER" -> UserCommands.names(users);
            case "KEY" ->
                keys.stream()
                        .flatMap(it -> it.list().stream())
                        .map(UserKey::fingerprint)
                        .toList();
            default -> List.of();
        };
    }
}
