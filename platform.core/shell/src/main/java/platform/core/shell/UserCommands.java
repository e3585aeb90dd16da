package platform.core.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Access;
import platform.core.api.Role;
import platform.core.api.UserInfo;
import platform.core.api.Users;

/** The commands of the scope {@code user}. */
@Component(
        service = UserCommands.class,
        property = {
            "osgi.command.scope=user",
            "osgi.command.function=add",
            "osgi.command.function=list",
            "osgi.command.function=passwd",
            "osgi.command.function=role",
            "osgi.command.function=disable",
            "osgi.command.function=enable",
            "osgi.command.function=remove",
            "osgi.command.function=totp"
        })
public final class UserCommands extends CommandGroup {

    private final Optional<Users> users;
    private final Optional<Access> access;

    @Activate
    public UserCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Users users,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Access access) {
        super("user", UserVerbs.class);
        this.users = Optional.ofNullable(users);
        this.access = Optional.ofNullable(access);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new UserVerbs(
                console,
                users.orElseThrow(PlatformCommands::managerMissing),
                access.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "USER" -> names(users);
            case "ROLE" -> roles();
            default -> List.of();
        };
    }

    static List<String> names(Optional<Users> users) {
        return users.stream()
                .flatMap(it -> it.list().stream())
                .map(UserInfo::name)
                .toList();
    }

    static List<String> roles() {
        return Arrays.stream(Role.values()).map(Role::toString).toList();
    }
}
