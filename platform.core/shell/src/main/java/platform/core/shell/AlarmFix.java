package platform.core.shell;

import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import platform.core.api.AlarmInfo;
import platform.core.api.PlatformException;

/**
 * Runs the fix of an alarm. Apps write alarms too, so a fix runs only if it has the form of a command that can be neither
 * destructive nor telling; an instance's fix may name no other instance. The command checks its arguments itself.
 */
final class AlarmFix {

    /** What may run. A word in capitals stands for any one argument that is no option. */
    private static final List<List<String>> HARMLESS = List.of(
            List.of("app:start", "APP"),
            List.of("app:info", "APP"),
            List.of("backup:command-file", "status"),
            List.of("backup:run", "INSTANCE"),
            List.of("backup:schedule", "run", "SCHEDULE"),
            List.of("certificate:acme"),
            List.of("certificate:obtain", "HOST"),
            List.of("alarm:sink", "test", "SINK"),
            List.of("db:info", "INSTANCE", "--tables"),
            List.of("db:vacuum", "INSTANCE"),
            List.of("instance:info", "INSTANCE"),
            List.of("instance:limit", "INSTANCE"),
            List.of("instance:quota", "INSTANCE"),
            List.of("instance:start", "INSTANCE"),
            List.of("platform:disk"),
            List.of("platform:info"));

    private final CommandSession session;

    AlarmFix(CommandSession session) {
        this.session = session;
    }

    /** Whether it would be run. */
    static boolean isRunnable(AlarmInfo alarm) {
        return HARMLESS.stream().anyMatch(form -> fits(form, alarm.fix())) && isOwn(alarm);
    }

    private static boolean fits(List<String> form, List<String> command) {
        if (form.size() != command.size()) {
            return false;
        }
        for (int i = 0; i < form.size(); i++) {
            if (!fits(form.get(i), command.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String form, String word) {
        return isPlaceholder(form) ? !word.startsWith("-") && !isPlaceholder(word) : form.equals(word);
    }

    /** What a reader has to replace: FILE, HOST. */
    private static boolean isPlaceholder(String word) {
        return word.matches("[A-Z]+");
    }

    private static boolean isOwn(AlarmInfo alarm) {
        return alarm.source().indexOf('@') < 0
                || alarm.fix().stream().filter(word -> word.indexOf('@') >= 0).allMatch(alarm.source()::equals);
    }

    /** Runs it as if it were typed, but for the shell's language: each word is taken as it is. */
    void run(AlarmInfo alarm) throws Exception {
        if (alarm.fix().isEmpty()) {
            throw PlatformException.notFound(
                    "The alarm " + Table.quoted(alarm.id()) + " has no fix. alarm:info shows what is known of it.");
        }
        if (!isRunnable(alarm)) {
            throw PlatformException.invalid("The fix of " + Table.quoted(alarm.id())
                    + " is not run by itself: it needs your own words, or could do harm. Read it, complete it, type it: "
                    + Table.visible(text(alarm)));
        }
        if (!(session.get(alarm.fix().get(0)) instanceof Function command)) {
            throw PlatformException.notFound("The command " + alarm.fix().get(0) + " is not there now. See help.");
        }
        command.execute(session, Arrays.asList(alarm.fix().stream().skip(1).toArray()));
    }

    /** As it would be typed. */
    static String text(AlarmInfo alarm) {
        return String.join(" ", alarm.fix());
    }
}
