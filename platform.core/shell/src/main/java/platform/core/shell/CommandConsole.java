package platform.core.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.Login;
import platform.core.api.PlatformException;

/** What one command sees of its user: where it prints, how wide that is, and whether there is somebody to ask. */
final class CommandConsole {

    /** The session's variable for its terminal, as Gogo's own commands know it. */
    static final String TERMINAL = ".terminal";

    /** The session's variable that is true when the terminal is a user's and not a stand-in. */
    static final String INTERACTIVE = ".interactive";

    private final Process process;
    private final Optional<Terminal> terminal;
    private final Optional<Caller> caller;
    private final CommandNotes notes;

    private CommandConsole(Process process, Optional<Terminal> terminal, Optional<Caller> caller, CommandNotes notes) {
        this.process = process;
        this.terminal = terminal;
        this.caller = caller;
        this.notes = notes;
    }

    /** The console of the command that this thread runs. */
    static CommandConsole of(CommandSession session, CommandNotes notes) {
        boolean interactive = Boolean.TRUE.equals(session.get(INTERACTIVE));
        Object terminal = interactive ? session.get(TERMINAL) : null;
        return new CommandConsole(
                Process.Utils.current(),
                Optional.ofNullable((Terminal) terminal),
                GuardedSession.caller(session),
                notes);
    }

    /** Prints a line, or several. */
    void println(CharSequence text) {
        println(process.out(), text);
    }

    /** Tells of what is amiss with a result on the standard error, where it is in no program's way. */
    void warn(String text) {
        println(process.err(), Table.visible(text));
    }

    private static void println(PrintStream out, CharSequence text) {
        byte[] bytes = (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** The terminal that {@link #println} prints to; empty when the output goes into a file or another command. */
    Optional<Terminal> screen() {
        return terminal.filter(t -> process.isTty(1));
    }

    /** Whether somebody sits there who can be asked. */
    boolean interactive() {
        return terminal.isPresent() && process.isTty(0);
    }

    /** The name of who sits there. */
    String user() {
        return caller.map(Caller::user).orElse("nobody");
    }

    /** Whether that is the password of who sits there; wrong ones count as those of his address. */
    Login login(Access access, String password) {
        Caller sitting = caller.orElseThrow();
        return access.login(sitting.user(), password.toCharArray(), sitting.origin(), address(sitting));
    }

    private static InetAddress address(Caller caller) {
        boolean remote = caller.origin() != Caller.Origin.SHELL;
        try {
            // An address in digits, which nobody is asked for.
            return remote ? InetAddress.getByName(caller.from()) : InetAddress.getLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("'" + caller.from() + "' is no address", e);
        }
    }

    /** Whether what this is about, such as the id of an instance, is within the scope of who sits there. */
    boolean shows(String id) {
        return caller.filter(it -> it.scope().includes(id)).isPresent();
    }

    /** The exit status of a command that has not failed and has something to say by it. */
    void status(int status) {
        process.error(status);
    }

    /** Tells the audit what was not among the arguments. */
    void note(String text) {
        notes.add(text);
    }

    /** What is on standard input, from where the last reader has left off. */
    InputStream input() {
        return process.in();
    }

    /** Asks for a line. Only when {@link #interactive()}. */
    String ask(String question) {
        return read(question, null);
    }

    /** Has whoever sits there say yes. A script, which cannot be asked, is believed to mean what it says. */
    void confirm(boolean yes, String question) {
        if (!yes
                && interactive()
                && !ask(question + " Type yes to confirm: ").strip().equals("yes")) {
            throw PlatformException.conflict("Nothing was changed.");
        }
    }

    /** A password: typed unseen by whoever sits there, or the next line of standard input. */
    String secret(String question) {
        return interactive() ? read(question, (char) 0) : line(process.in());
    }

    private String read(String question, Character mask) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal.orElseThrow())
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        try {
            return reader.readLine(question, mask);
        } catch (UserInterruptException | EndOfFileException e) {
            throw PlatformException.failed("Cancelled.", e);
        }
    }

    /** Byte by byte, so that what follows the line is left to the next reader. */
    static Optional<String> nextLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        while (b >= 0 && b != '\n') {
            line.write(b);
            b = in.read();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    private static String line(InputStream in) {
        try {
            return nextLine(in)
                    .orElseThrow(() -> new UsageException("A password was to be read, but standard input is empty."));
        } catch (IOException e) {
            throw PlatformException.failed("Cannot read the password from standard input: " + e.getMessage(), e);
        }
    }
}
