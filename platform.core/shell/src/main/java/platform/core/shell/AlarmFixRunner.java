package platform.core.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.Function;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.AlarmFixes;
import platform.core.api.AlarmInfo;
import platform.core.api.Caller;
import platform.core.api.PlatformException;

/** Runs the fixes of alarms for those who have no shell, in a session of their own. */
@Component
public final class AlarmFixRunner implements AlarmFixes {

    private final ShellProcessor processor;

    @Activate
    public AlarmFixRunner(@Reference GogoCommands gogo) {
        this(gogo.processor());
    }

    AlarmFixRunner(ShellProcessor processor) {
        this.processor = processor;
    }

    @Override
    public String run(AlarmInfo alarm, Caller caller) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SessionStreams streams = new SessionStreams(InputStream.nullInputStream(), out, out);
        try (Terminal standIn = new LineDisciplineTerminal("fix", "dumb", out, StandardCharsets.UTF_8);
                ShellSession session = new ShellSession(processor, () -> caller, streams, standIn, false)) {
            session.runOrThrow((Function) (gogo, none) -> {
                new AlarmFix(gogo).run(alarm);
                return null;
            });
        } catch (PlatformException e) {
            throw e;
        } catch (IOException e) {
            throw PlatformException.failed("The fix of " + alarm.id() + " cannot be run: " + e.getMessage(), e);
        } catch (Exception e) {
            throw PlatformException.failed(CommandFailure.of(e).message(), e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
