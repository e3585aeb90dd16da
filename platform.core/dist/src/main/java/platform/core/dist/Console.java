package platform.core.dist;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What the person at the terminal sees. Detached, standard output is a pipe to the command that started us, and that
 * command waits for its end; standard error is a file. Hence failures go to both, and a password never to the latter.
 */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean detached;

    Console(PrintStream out, PrintStream err, boolean detached) {
        this.out = out;
        this.err = err;
        this.detached = detached;
    }

    /** Something that is well. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Something that is wrong. */
    void complain(String line) {
        err.println(line);
        err.flush();
        if (detached) {
            say(line);
        }
    }

    /** What the first look at a running platform needs. */
    void up(double seconds, List<String> addresses) {
        say(String.format(Locale.ROOT, "The platform is up after %.1f s:", seconds));
        addresses.forEach(address -> say("  " + address));
    }

    /** There is nothing more to report: a detached platform lets go of the terminal. */
    void finish() {
        if (detached) {
            out.close();
            System.setOut(System.err);
        }
    }
}
