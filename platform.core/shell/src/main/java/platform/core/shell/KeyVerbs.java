package platform.core.shell;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.Role;
import platform.core.api.UserKey;
import platform.core.api.UserKeys;

/** By which SSH keys the users may log in. */
final class KeyVerbs {

    private final CommandConsole console;
    private final UserKeys keys;

    KeyVerbs(CommandConsole console, UserKeys keys) {
        this.console = console;
        this.keys = keys;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "user:key",
            description = "Let a user log in over SSH by a key, or no more; or list the keys.",
            footer = {
                "%nA key stands in for the password and the second factor, so its owner should protect it by a passphrase."
                        + " Without KEY, add reads a line of standard input.",
                "%nExamples:",
                "  user:key add anna ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOni... anna@laptop",
                "  ./platform shell user:key add anna < id_ed25519.pub",
                "  user:key list anna",
                "  user:key remove anna SHA256:MN76qASRmp8fdU+0etKbI1MZlU7VfVXoMg8JVBnR9uQ"
            })
    void key(
            @Parameters(index = "0", paramLabel = "ACTION", description = "add, list or remove.") String action,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "USER",
                            description = "The user, as user:list shows him; without him, list shows the keys of all.")
                    String user,
            @Parameters(
                            index = "2..*",
                            paramLabel = "KEY",
                            description = "The public key as it is in the file *.pub; for remove its fingerprint.")
                    List<String> key,
            @Mixin Output output) {
        Optional<String> text = Optional.ofNullable(key).map(words -> String.join(" ", words));
        switch (action) {
            case "add" -> add(need(user, "USER"), text.orElseGet(this::askedKey), output);
            case "remove" -> remove(need(user, "USER"), need(text.orElse(null), "KEY"), output);
            case "list" -> list(Optional.ofNullable(user), output);
            default ->
                throw new UsageException(
                        "user:key: " + Table.quoted(action) + " is no action. Use add, list or remove.");
        }
    }

    private static String need(String argument, String label) {
        if (argument == null) {
            throw new UsageException("user:key: Missing required parameter: '" + label + "'. Try user:key --help");
        }
        return argument;
    }

    private String askedKey() {
        return console.secret("The public key, a line: ");
    }

    private void add(String user, String line, Output output) {
        UserKey added = Work.whole(() -> keys.add(user, line));
        console.note(added.fingerprint());
        output.text(console, added, user + " may log in over SSH by the key " + added.fingerprint() + " now.");
    }

    private void remove(String user, String fingerprint, Output output) {
        Work.whole(() -> keys.remove(user, fingerprint));
        output.text(console, fingerprint, "Removed the key " + fingerprint + " of " + user + ".");
    }

    private void list(Optional<String> user, Output output) {
        List<UserKey> found = keys.list().stream()
                .filter(key -> user.map(key.user()::equals).orElse(true))
                .toList();
        Table table = new Table("USER", "TYPE", "FINGERPRINT", "COMMENT", "ADDED");
        found.forEach(
                it -> table.row(it.user(), it.type(), it.fingerprint(), it.comment(), StateText.since(it.added())));
        output.list(console, found, table);
    }
}
