package platform.core.shell;

import java.util.List;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Process;
import org.jline.builtins.Options;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/**
 * Gogo's text commands, of which those that wait end without a word when they are interrupted. Gogo's own {@code watch} runs its
 * command on another thread, for nobody.
 */
final class InterruptiblePosix extends Posix {

    private static final String[] SLEEP = {
        "sleep - wait for a number of seconds", "Usage: sleep SECONDS", "  -? --help                    Show help"
    };

    private static final String[] WATCH = {
        "watch - run a command again and again, until Ctrl-C",
        "Usage: watch [OPTIONS] COMMAND",
        "  -? --help                    Show help",
        "  -n --interval=SECONDS        Seconds between two runs, 1 if not given",
        "  -a --append                  Do not clear the screen between two runs"
    };

    InterruptiblePosix(CommandProcessor processor) {
        super(processor);
    }

    @Override
    protected void sleep(CommandSession session, Process process, String[] words) throws Exception {
        List<String> arguments = parseOptions(session, SLEEP, words).args();
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("sleep: give a number of seconds, such as sleep 5");
        }
        pause(process, seconds("sleep", arguments.get(0)));
    }

    @Override
    protected void watch(CommandSession session, Process process, String[] words) throws Exception {
        // Options after the command are the command's own.
        Options options = Options.compile(WATCH).setOptionsFirst(true).parse(words, true);
        if (options.isSet("help")) {
            throw new HelpException(options.usage());
        }
        if (options.args().isEmpty()) {
            throw new IllegalArgumentException("watch: give a command, such as watch instance:list");
        }
        String line = String.join(" ", options.args());
        int seconds = options.isSet("interval") ? seconds("watch", options.get("interval")) : 1;
        boolean clear = !options.isSet("append") && process.isTty(1);
        do {
            if (clear) {
                clearScreen(session);
            }
            run(session, process, line);
        } while (pause(process, Math.max(1, seconds)));
    }

    private static void clearScreen(CommandSession session) {
        if (session.get(CommandConsole.TERMINAL) instanceof Terminal terminal) {
            terminal.puts(Capability.clear_screen);
            terminal.flush();
        }
    }

    /** A run that fails is shown as such: the next may not. A line that cannot be run ends it all. */
    private static void run(CommandSession session, Process process, String line) {
        try {
            Object result = session.execute(line);
            if (result != null) {
                process.out().println(session.format(result, Converter.INSPECT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            CommandFailure failure = CommandFailure.of(e, session);
            if (failure.status() == ShellSession.USAGE) {
                throw new IllegalArgumentException(failure.message(), e);
            }
            process.err().println(failure.message());
        }
        process.out().flush();
    }

    private static int seconds(String command, String number) {
        if (!number.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(command + ": '" + number + "' is no number of seconds.");
        }
        return Integer.parseInt(number);
    }

    /** Whether it was not interrupted. */
    private static boolean pause(Process process, int seconds) {
        try {
            Thread.sleep(seconds * 1000L);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.error(ShellSession.FAILED);
            return false;
        }
    }
}
