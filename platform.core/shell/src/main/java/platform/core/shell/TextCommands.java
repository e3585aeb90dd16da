package platform.core.shell;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Those of Gogo's own commands that sift the output of others; each explains itself with {@code --help}. */
@Component(
        service = TextCommands.class,
        property = {
            "osgi.command.scope=gogo",
            "osgi.command.function=cat",
            "osgi.command.function=clear",
            "osgi.command.function=date",
            "osgi.command.function=echo",
            "osgi.command.function=grep",
            "osgi.command.function=head",
            "osgi.command.function=less",
            "osgi.command.function=sleep",
            "osgi.command.function=sort",
            "osgi.command.function=tail",
            "osgi.command.function=watch",
            "osgi.command.function=wc"
        })
public final class TextCommands {

    private final Posix posix;

    @Activate
    public TextCommands(@Reference GogoCommands gogo) {
        this(gogo.processor());
    }

    TextCommands(CommandProcessor processor) {
        this.posix = new InterruptiblePosix(processor);
    }

    @Descriptor("Print files, or the standard input.")
    public void cat(CommandSession session, String[] arguments) {
        run(session, "cat", arguments);
    }

    @Descriptor("Clear the screen.")
    public void clear(CommandSession session, String[] arguments) {
        run(session, "clear", arguments);
    }

    @Descriptor("Print the date and time.")
    public void date(CommandSession session, String[] arguments) {
        run(session, "date", arguments);
    }

    @Descriptor("Print the arguments.")
    public void echo(CommandSession session, String[] arguments) {
        run(session, "echo", arguments);
    }

    @Descriptor("Print the lines that match a pattern.")
    public void grep(CommandSession session, String[] arguments) {
        run(session, "grep", arguments);
    }

    @Descriptor("Print the first lines.")
    public void head(CommandSession session, String[] arguments) {
        run(session, "head", arguments);
    }

    @Descriptor("Show the output page by page.")
    public void less(CommandSession session, String[] arguments) {
        run(session, "less", arguments);
    }

    @Descriptor("Wait for a number of seconds.")
    public void sleep(CommandSession session, String[] arguments) {
        run(session, "sleep", arguments);
    }

    @Descriptor("Sort the lines.")
    public void sort(CommandSession session, String[] arguments) {
        run(session, "sort", arguments);
    }

    @Descriptor("Print the last lines.")
    public void tail(CommandSession session, String[] arguments) {
        run(session, "tail", arguments);
    }

    @Descriptor("Run a command again and again and show its output.")
    public void watch(CommandSession session, String[] arguments) {
        run(session, "watch", arguments);
    }

    @Descriptor("Count lines, words and bytes.")
    public void wc(CommandSession session, String[] arguments) {
        run(session, "wc", arguments);
    }

    private void run(CommandSession session, String name, String[] arguments) {
        posix._main(
                session,
                Stream.concat(Stream.of(name), Arrays.stream(arguments)).toArray(String[]::new));
    }
}
