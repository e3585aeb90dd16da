package platform.core.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.felix.gogo.jline.Highlighter;
import org.apache.felix.gogo.jline.Parser;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;

/** The interactive shell: reads lines with JLine, runs them, until the user leaves or hangs up. */
final class LineShell {

    private final ShellSession session;
    private final LineReader reader;

    LineShell(ShellSession session, Terminal terminal, Path history) throws IOException {
        this.session = session;
        this.reader = LineReaderBuilder.builder()
                .appName("platform")
                .terminal(terminal)
                .parser(new Parser())
                .completer(new CommandCompleter(session::gogo))
                .highlighter(new SessionHighlighter())
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, true)
                .option(LineReader.Option.CASE_INSENSITIVE, false)
                .variable(LineReader.HISTORY_FILE, privateFile(history))
                .variable(LineReader.HISTORY_IGNORE, "*--password*")
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P > ")
                .build();
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, 1000);
    }

    /** Commands can hold what others must not see. */
    private static Path privateFile(Path file) throws IOException {
        ShellSocket.privateFolder(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return file;
    }

    /** Returns the exit status by which the user has left. */
    int run() {
        while (session.exit().isEmpty()) {
            try {
                session.execute(reader.readLine("platform> "));
            } catch (UserInterruptException e) {
                // The line is given up, and with it the shell if the user is gone.
                continue;
            } catch (EndOfFileException e) {
                break;
            }
        }
        if (session.isEnded()) {
            reader.getTerminal().writer().println("The platform stops, and this shell with it.");
            return ShellSession.OK;
        }
        return session.exit().orElse(ShellSession.OK);
    }

    /** Shows what the line's words are; asks the session as it is now, for an interrupt replaces it. */
    private final class SessionHighlighter extends org.jline.reader.impl.DefaultHighlighter {

        @Override
        public AttributedString highlight(LineReader lineReader, String buffer) {
            return new Highlighter(session.gogo()).highlight(lineReader, buffer);
        }
    }
}
