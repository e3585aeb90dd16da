package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.TokenInfo;
import platform.core.api.Tokens;
import platform.core.api.Users;

/** The commands of the scope {@code token}. */
@Component(
        service = TokenCommands.class,
        property = {
            "osgi.command.scope=token",
            "osgi.command.function=add",
            "osgi.command.function=list",
            "osgi.command.function=remove"
        })
public final class TokenCommands extends CommandGroup {

    private final Optional<Tokens> tokens;
    private final Optional<Users> users;

    @Activate
    public TokenCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Tokens tokens,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Users users) {
        super("token", TokenVerbs.class);
        this.tokens = Optional.ofNullable(tokens);
        this.users = Optional.ofNullable(users);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new TokenVerbs(console, tokens.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "TOKEN" ->
                tokens.stream()
                        .flatMap(it -> it.list().stream())
                        .map(TokenInfo::name)
                        .toList();
            case "USER" -> UserCommands.names(users);
            case "ROLE" -> UserCommands.roles();
            default -> List.of();
        };
    }
}
