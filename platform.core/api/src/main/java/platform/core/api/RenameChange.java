package platform.core.api;

import java.util.Objects;

/**
 * One thing that a renaming changes.
 *
 * @param instance the instance that it belongs to, by its id before the change
 * @param kind what changes
 * @param key the key of the setting; empty for all other kinds
 * @param oldValue what it is before
 * @param newValue what it is afterwards
 * @param note what there is to know about it, one sentence; empty when there is nothing
 */
public record RenameChange(InstanceId instance, Kind kind, String key, String oldValue, String newValue, String note) {

    public RenameChange {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        Objects.requireNonNull(note, "note");
    }

    /** What changes. */
    public enum Kind {
        /** The id. */
        INSTANCE,
        /** The path on the webserver. */
        PATH,
        /** The host of its own. */
        HOST,
        /** The value of a setting. */
        SETTING,
        /** The working folder, below the data folder. */
        FOLDER
    }
}
