package platform.core.manager;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import platform.core.api.RenameChange;
import platform.core.api.RenameChange.Kind;

/** What a renaming makes of an instance's record. */
record RecordChange(InstanceRecord before, InstanceRecord after) {

    boolean isNone() {
        return before.equals(after);
    }

    boolean changesId() {
        return !before.id().equals(after.id());
    }

    boolean changesPath() {
        return !before.path().equals(after.path());
    }

    boolean changesHost() {
        return !before.host().equals(after.host());
    }

    /** Whether the instance cannot run meanwhile. */
    boolean needsStop() {
        return changesId() || changesPath();
    }

    /** The same, thing by thing. */
    List<RenameChange> describe() {
        List<RenameChange> changes = new ArrayList<>();
        if (changesId()) {
            String note = "Its database and role " + before.database() + " keep their name.";
            changes.add(change(Kind.INSTANCE, before.id().toString(), after.id().toString(), note));
        }
        if (changesPath()) {
            changes.add(change(Kind.PATH, before.path(), after.path(), redirect()));
        }
        if (changesHost()) {
            changes.add(change(Kind.HOST, before.host().orElse(""), after.host().orElse(""), ""));
        }
        new TreeMap<>(before.settings()).forEach((key, value) -> {
            String newValue = after.settings().get(key);
            if (!value.equals(newValue)) {
                changes.add(new RenameChange(before.id(), Kind.SETTING, key, value, newValue, ""));
            }
        });
        if (changesId()) {
            changes.add(change(Kind.FOLDER, folder(before), folder(after), ""));
        }
        return changes;
    }

    private static String redirect() {
        return "The old path redirects for " + RenameDraft.REDIRECT.toDays() + " days.";
    }

    private RenameChange change(Kind kind, String oldValue, String newValue, String note) {
        return new RenameChange(before.id(), kind, "", oldValue, newValue, note);
    }

    private static String folder(InstanceRecord record) {
        return String.join("/", Provisioner.folder(record));
    }
}
