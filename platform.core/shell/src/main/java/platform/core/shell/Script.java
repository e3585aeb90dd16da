package platform.core.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.SyntaxError;

/** A script on standard input: its lines run one after the other, up to the first that fails. */
final class Script {

    private final ShellSession session;
    private final InputStream in;
    private final OutputStream err;
    private int line;

    Script(ShellSession session, InputStream in, OutputStream err) {
        this.session = session;
        this.in = in;
        this.err = err;
    }

    /** Returns the exit status of the last line that ran. */
    int run() throws IOException {
        int status = ShellSession.OK;
        for (Optional<String> next = statement(); next.isPresent(); next = statement()) {
            status = session.execute(next.get());
            if (session.exit().isPresent()) {
                return session.exit().get();
            }
            if (status != ShellSession.OK) {
                err.write(("The script stops at its line " + line + ".\n").getBytes(StandardCharsets.UTF_8));
                err.flush();
                return status;
            }
        }
        return session.exit().orElse(status);
    }

    /** A line, and the lines after it as long as a quote or a brace is open. */
    private Optional<String> statement() throws IOException {
        Optional<String> text = nextLine();
        while (text.isPresent() && isIncomplete(text.get())) {
            Optional<String> more = nextLine();
            if (more.isEmpty()) {
                return text;
            }
            text = Optional.of(text.get() + "\n" + more.get());
        }
        return text;
    }

    private Optional<String> nextLine() throws IOException {
        line++;
        return CommandConsole.nextLine(in);
    }

    private static boolean isIncomplete(String text) {
        try {
            new Parser(text).program();
            return false;
        } catch (EOFError e) {
            return true;
        } catch (SyntaxError e) {
            return false;
        }
    }
}
