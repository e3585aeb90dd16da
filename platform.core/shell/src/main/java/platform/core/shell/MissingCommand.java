package platform.core.shell;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jline.utils.Levenshtein;

/** What somebody is told who has typed a command that there is not. */
final class MissingCommand {

    private static final int SUGGESTIONS = 3;
    private static final int NO_MATCH = Integer.MAX_VALUE;

    /** What a client sends that speaks scp's own protocol. */
    private static final String SFTP =
            "Files go by SFTP: use sftp, or scp -s of OpenSSH 8.7 or newer, which from 9.0 on needs no -s. Leave out -O.";

    private final CommandIndex index;

    MissingCommand(CommandIndex index) {
        this.index = index;
    }

    /** That there is none of this name, and what may be meant. */
    String message(String typed) {
        String missing = "There is no command " + Table.quoted(typed) + ". ";
        String name = typed.toLowerCase(Locale.ROOT);
        if (name.equals("scp")) {
            return missing + SFTP;
        }
        return missing + KarafCommands.here(name).orElseGet(() -> suggestion(name));
    }

    private String suggestion(String typed) {
        Set<String> names = index.runnable();
        int nearest =
                names.stream().mapToInt(name -> distance(typed, name)).min().orElse(NO_MATCH);
        String similar = names.stream()
                .filter(name -> nearest < NO_MATCH && distance(typed, name) == nearest)
                .limit(SUGGESTIONS)
                .map(this::shown)
                .collect(Collectors.joining(", "));
        return (similar.isEmpty() ? "" : "Did you mean " + similar + "? ") + help(CommandIndex.scope(typed));
    }

    private String help(String scope) {
        return scope.isEmpty() || index.entries(scope).isEmpty()
                ? "Try help, which lists them all."
                : "Try help " + scope + ", which lists those of " + scope + ".";
    }

    /** How far from what was typed a command is; one of the same name in another scope comes after those that are near. */
    private static int distance(String typed, String name) {
        String function = CommandIndex.function(name);
        boolean scoped = typed.contains(":");
        int distance = Levenshtein.distance(typed, scoped ? name : function);
        if (distance <= Math.max(1, typed.length() / 5)) {
            return distance;
        }
        return scoped && CommandIndex.function(typed).equals(function) ? typed.length() : NO_MATCH;
    }

    /** Without its scope where that is how it is typed. */
    private String shown(String name) {
        String function = CommandIndex.function(name);
        return index.fullName(function).filter(name::equals).isPresent() ? function : name;
    }
}
