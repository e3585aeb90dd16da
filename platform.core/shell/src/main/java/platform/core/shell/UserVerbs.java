package platform.core.shell;

import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.Access;
import platform.core.api.AccessScope;
import platform.core.api.ExternalUser;
import platform.core.api.Login;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.UserInfo;
import platform.core.api.Users;

/** What can be done with the users of the platform. */
final class UserVerbs {

    private static final String USER = "The user, as user:list shows him.";
    private static final String ROLE = "viewer, operator or administrator.";
    static final String SCOPE =
            "Where he may use it: *@example.com for a domain, acme@example.com for an instance, several"
                    + " with commas, or everything.";

    /** Where somebody's password and second factor are whom an identity provider logs in. */
    private static final String AT_PROVIDER = "at provider";

    private final CommandConsole console;
    private final Users users;
    private final Access access;

    UserVerbs(CommandConsole console, Users users, Access access) {
        this.console = console;
        this.users = users;
        this.access = access;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:add",
            description = "Add somebody who may log in to the platform.",
            footer = {
                "%nWithout --ask a password is made and shown, once.",
                "%nExamples:",
                "  user:add anna --role administrator",
                "  user:add customer --role operator --scope '*@example.com' --ask"
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "His name: lower-case letters, digits, '-', '_', '.'.")
                    String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLE) String role,
            @Option(names = "--scope", paramLabel = "SCOPE", defaultValue = "everything", description = SCOPE)
                    String scope,
            @Option(names = "--ask", description = "Ask for his password, or read a line of standard input.")
                    boolean ask,
            @Mixin Output output) {
        Role given = Role.parse(role);
        AccessScope where = AccessScope.parse(scope);
        Optional<String> chosen = ask ? Optional.of(newPassword(console)) : Optional.empty();
        String password = Work.whole(() -> users.add(name, given, where, chosen));
        show("Added", name, chosen.isPresent() ? Optional.empty() : Optional.of(password), output);
    }

    /** A password that somebody thinks of: twice on a terminal, else a line of standard input. */
    static String newPassword(CommandConsole console) {
        String password = console.secret("New password: ");
        if (console.interactive() && !password.equals(console.secret("Once more: "))) {
            throw PlatformException.invalid("The two are not the same. Nothing was changed.");
        }
        return password;
    }

    private void show(String done, String name, Optional<String> made, Output output) {
        JsonObject json = new JsonObject();
        json.addProperty("user", name);
        made.ifPresent(password -> json.addProperty("password", password));
        String text = done + " " + name + ".";
        output.text(
                console,
                json,
                made.map(password -> text + "\nPassword  " + password + "  (shown only now)")
                        .orElse(text));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:list",
            description = "List who may log in to the platform.",
            footer = "%nExample: user:list -o json")
    void list(@Mixin Output output) {
        List<UserInfo> found = users.list();
        Table table = new Table("USER", "ROLE", "SCOPE", "STATE", "SECOND FACTOR", "CREATED", "PASSWORD SINCE");
        found.forEach(it -> table.row(
                it.name(),
                it.role(),
                it.scope(),
                it.enabled() ? "enabled" : "disabled",
                secondFactor(it),
                StateText.since(it.created()),
                ExternalUser.isName(it.name()) ? AT_PROVIDER : StateText.since(it.passwordChanged())));
        output.list(console, found, table);
    }

    private static String secondFactor(UserInfo user) {
        if (ExternalUser.isName(user.name())) {
            return AT_PROVIDER;
        }
        return user.totp() ? "totp" : "none";
    }

    @Needs(value = Role.VIEWER, administratorFor = "USER", filtered = true, audited = true)
    @Command(
            name = "user:passwd",
            description =
                    "Change your own password, or give a user a new one; he need not wait any longer after wrong ones.",
            footer = {
                "%nIt is asked for, or a line of standard input; before your own the present one, with the code of your"
                        + " second factor right behind it if you have one.",
                "%nExamples:",
                "  user:passwd",
                "  user:passwd anna",
                "  user:passwd anna --generate"
            })
    void password(
            @Parameters(arity = "0..1", paramLabel = "USER", description = USER + " Default: yourself.") String name,
            @Option(names = "--generate", description = "Make one, and show it once.") boolean generate,
            @Mixin Output output) {
        String user = name == null ? myself() : name;
        Optional<String> chosen = generate ? Optional.empty() : Optional.of(newPassword(console));
        String password = Work.whole(() -> users.setPassword(user, chosen));
        show("Changed the password of", user, generate ? Optional.of(password) : Optional.empty(), output);
    }

    /** Who sits there, once he has shown that it is he, and not somebody at a terminal that was left alone. */
    private String myself() {
        String name = console.user();
        if (users.find(name).isEmpty()) {
            throw PlatformException.conflict(
                    Table.quoted(name) + " is no user of the platform. Name the one you mean: user:passwd admin");
        }
        Login login = console.login(access, console.secret("Present password: "));
        if (!login.pause().isZero()) {
            throw PlatformException.conflict("Too many wrong passwords. Wait "
                    + Math.max(1, login.pause().toSeconds()) + " s. Nothing was changed.");
        }
        if (login.caller().isEmpty()) {
            throw PlatformException.invalid("The present password is wrong. Nothing was changed.");
        }
        return name;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:role",
            description = "Change what a user may do, and where; it holds from his next command on.",
            footer = {
                "%nExamples:",
                "  user:role anna viewer",
                "  user:role customer operator --scope 'acme@example.com,*@example.org'"
            })
    void role(
            @Parameters(index = "0", paramLabel = "USER", description = USER) String name,
            @Parameters(index = "1", paramLabel = "ROLE", description = ROLE) String role,
            @Option(names = "--scope", paramLabel = "SCOPE", description = SCOPE + " Default: as it is.") String scope,
            @Mixin Output output) {
        Role given = Role.parse(role);
        AccessScope where = scope == null ? known(name).scope() : AccessScope.parse(scope);
        Work.whole(() -> users.setRole(name, given, where));
        output.text(console, known(name), name + " is " + given + " of " + where + " now.");
    }

    private UserInfo known(String name) {
        return users.find(name)
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no user " + Table.quoted(name) + ". user:list shows them."));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:disable",
            description = "Let a user and his tokens in no more, until he is enabled again.",
            footer = "%nExample: user:disable anna")
    void disable(@Parameters(paramLabel = "USER", description = USER) String name, @Mixin Output output) {
        Work.whole(() -> users.setEnabled(name, false));
        output.text(console, known(name), "Disabled " + name + ".");
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:enable",
            description = "Let a user in again, also one who has to wait after wrong passwords.",
            footer = "%nExample: user:enable anna")
    void enable(@Parameters(paramLabel = "USER", description = USER) String name, @Mixin Output output) {
        Work.whole(() -> users.setEnabled(name, true));
        output.text(console, known(name), "Enabled " + name + ".");
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:remove",
            description = "Remove a user with his tokens.",
            footer = "%nExample: user:remove anna")
    void remove(@Parameters(paramLabel = "USER", description = USER) String name, @Mixin Output output) {
        Work.whole(() -> users.remove(name));
        show("Removed", name, Optional.empty(), output);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:totp",
            description = "Ask a user for a code of his authenticator at each login, too, or no more.",
            footer = {
                "%nHe types it right behind his password. The secret is for his authenticator, and shown once; what that"
                        + " shows then has to be typed here, or it stays as it was.",
                "%nExamples:",
                "  user:totp anna",
                "  user:totp anna --off"
            })
    void totp(
            @Parameters(paramLabel = "USER", description = USER) String name,
            @Option(names = "--off", description = "Ask for his password only.") boolean off,
            @Mixin Output output) {
        known(name);
        if (off) {
            Work.whole(() -> users.removeTotp(name));
            output.text(console, known(name), name + " logs in with his password only.");
            return;
        }
        String secret = users.newTotpSecret();
        console.println("Secret   " + secret + "\nAddress  " + address(name, secret));
        String code = console.secret("What the authenticator shows: ");
        Work.whole(() -> users.setTotp(name, secret, code.strip()));
        output.text(console, known(name), name + " logs in with his password and a code behind it from now on.");
    }

    /** As authenticators read it from a QR code. */
    private static String address(String name, String secret) {
        String issuer =
                URLEncoder.encode("App Platform", StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/" + issuer + ":" + name + "?secret=" + secret + "&issuer=" + issuer;
    }
}
