package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import platform.core.api.ManagerSocket;
import platform.core.api.Role;

/** What can be done with the manager's socket. */
final class ManagerSocketVerbs {

    private final CommandConsole console;
    private final ManagerSocket socket;

    ManagerSocketVerbs(CommandConsole console, ManagerSocket socket) {
        this.console = console;
        this.socket = socket;
    }

    /** What is to become of it: one of these, or nothing. */
    static final class Change {
        @Option(names = "--on", description = "Make a new password, and show it once.")
        private boolean on;

        @Option(names = "--ask", description = "Ask for a new password, or read a line of standard input.")
        private boolean ask;

        @Option(names = "--off", description = "Forget the password: nobody can log in any more.")
        private boolean off;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "manager:socket",
            description =
                    "Show whether installers can log in to the manager's socket, ws://HOST/manager, and let them or not.",
            footer = {
                "%nWhoever has its password can do what an administrator can. A new one ends what is logged in by the former.",
                "%nExamples:",
                "  manager:socket",
                "  manager:socket --on",
                "  manager:socket --off"
            })
    void socket(@ArgGroup Change change, @Mixin Output output) {
        Optional<String> made = Optional.empty();
        if (change != null && change.off) {
            Work.whole(socket::turnOff);
        } else if (change != null) {
            Optional<String> chosen = change.ask ? Optional.of(UserVerbs.newPassword(console)) : Optional.empty();
            String password = Work.whole(() -> socket.setPassword(chosen));
            made = Optional.of(password).filter(it -> !change.ask);
        }
        show(made, output);
    }

    private void show(Optional<String> made, Output output) {
        JsonObject json = new JsonObject();
        json.addProperty("on", socket.isOn());
        made.ifPresent(password -> json.addProperty("password", password));
        String text = socket.isOn()
                ? "The manager's socket is on: installers log in to /manager as manager."
                : "The manager's socket is off.";
        output.text(
                console,
                json,
                made.map(password -> text + "\nPassword  " + password + "  (shown only now)")
                        .orElse(text));
    }
}
