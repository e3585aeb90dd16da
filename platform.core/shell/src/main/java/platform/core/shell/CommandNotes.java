package platform.core.shell;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a command has been told otherwise than by its arguments, for the audit: a statement that was typed. */
final class CommandNotes {

    private final List<String> notes = new CopyOnWriteArrayList<>();

    void add(String note) {
        notes.add(note);
    }

    /** The arguments and the notes. */
    String appendTo(String arguments) {
        String text = String.join(" ", notes);
        return text.isEmpty() ? arguments : (arguments + " " + text).strip();
    }
}
