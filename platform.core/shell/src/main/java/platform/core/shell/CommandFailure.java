package platform.core.shell;

import java.io.EOFException;
import java.util.stream.Collectors;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.service.command.CommandSession;
import platform.core.api.PlatformException;
import platform.tracing.api.LogException;

/**
 * What the user is told of a command that threw.
 *
 * @param status the exit status
 * @param message what went wrong, without anything that steers a terminal
 * @param expected whether the message says it all; if not, the log has to hold the rest
 */
record CommandFailure(int status, String message, boolean expected) {

    static CommandFailure of(Exception e) {
        if (e instanceof CommandNotFoundException missing) {
            return usage("There is no command " + Table.quoted(missing.getCommand()) + ".");
        }
        if (e instanceof SyntaxError || e instanceof EOFException) {
            return usage("The line cannot be understood: " + e.getMessage());
        }
        if (e instanceof UsageException || isMismatch(e)) {
            return usage(e.getMessage());
        }
        if (e instanceof PlatformException || e instanceof LogException) {
            return new CommandFailure(ShellSession.FAILED, visible(e.getMessage()), true);
        }
        String message = "The command failed unexpectedly: " + e + ". The platform's log says more.";
        return new CommandFailure(ShellSession.FAILED, Table.visible(message), false);
    }

    /** What is told within a session, which knows what else may have been meant. */
    static CommandFailure of(Exception e, CommandSession session) {
        return e instanceof CommandNotFoundException missing
                ? usage(new MissingCommand(new CommandIndex(session)).message(missing.getCommand()))
                : of(e);
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ShellSession.USAGE, visible(message), true);
    }

    /** Gogo found no method of another bundle's command that takes these arguments. */
    private static boolean isMismatch(Exception e) {
        return e instanceof IllegalArgumentException
                && String.valueOf(e.getMessage()).startsWith("Cannot coerce");
    }

    private static String visible(String message) {
        return message.lines().map(Table::visible).collect(Collectors.joining("\n"));
    }
}
