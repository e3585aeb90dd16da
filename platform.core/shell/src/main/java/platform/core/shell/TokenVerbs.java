package platform.core.shell;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.AccessScope;
import platform.core.api.Role;
import platform.core.api.TokenInfo;
import platform.core.api.Tokens;

/** What can be done with API tokens. */
final class TokenVerbs {

    private final CommandConsole console;
    private final Tokens tokens;

    TokenVerbs(CommandConsole console, Tokens tokens) {
        this.console = console;
        this.tokens = tokens;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "token:add",
            description = "Make a token by which a program logs in for a user, with no more rights than he has.",
            footer = {
                "%nIt is shown once; only its hash is kept. It ends with its time, and with its user.",
                "%nExamples:",
                "  token:add monitoring --user anna --role viewer",
                "  token:add deploy --user customer --role operator --scope acme@example.com --expires 30d"
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "By which it is known: lower-case letters, digits, '-'.")
                    String name,
            @Option(names = "--user", required = true, paramLabel = "USER", description = "Whose it is.") String user,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "viewer, operator or administrator.")
                    String role,
            @Option(names = "--scope", paramLabel = "SCOPE", defaultValue = "everything", description = UserVerbs.SCOPE)
                    String scope,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            defaultValue = "90d",
                            description = "For how long it holds: 30d, 12h. Default: ${DEFAULT-VALUE}.")
                    Duration expires,
            @Mixin Output output) {
        Role given = Role.parse(role);
        AccessScope where = AccessScope.parse(scope);
        Instant end = Instant.now().plus(expires).truncatedTo(ChronoUnit.SECONDS);
        String token = Work.whole(() -> tokens.add(name, user, given, where, end));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Token", token + "  (shown only now)");
        fields.put("Expires", end);
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("token", token);
        json.addProperty("expires", end.toString());
        output.text(console, json, "Made the token " + name + ".\n" + Output.rows(fields));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "token:list",
            description = "List the API tokens, also those that are over; never the tokens themselves.",
            footer = "%nExample: token:list -o json")
    void list(@Mixin Output output) {
        List<TokenInfo> found = tokens.list();
        Table table = new Table("TOKEN", "USER", "ROLE", "SCOPE", "CREATED", "EXPIRES");
        found.forEach(it ->
                table.row(it.name(), it.user(), it.role(), it.scope(), StateText.since(it.created()), it.expires()));
        output.list(console, found, table);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "token:remove",
            description = "Let nobody in by a token any more.",
            footer = "%nExample: token:remove deploy")
    void remove(
            @Parameters(paramLabel = "TOKEN", description = "The token's name, as token:list shows it.") String name,
            @Mixin Output output) {
        Work.whole(() -> tokens.remove(name));
        JsonObject json = new JsonObject();
        json.addProperty("removed", name);
        output.text(console, json, "Removed the token " + name + ".");
    }
}
