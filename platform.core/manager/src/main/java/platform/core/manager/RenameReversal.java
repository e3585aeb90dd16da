package platform.core.manager;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import platform.core.api.InstanceId;
import platform.core.api.RenameChange;

/** Turns the changes of a renaming round, as far as nobody has changed the same things since. */
final class RenameReversal {

    private final Map<InstanceId, InstanceRecord> records;
    private final Instant redirectUntil;
    private final List<RecordChange> changes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param records the instances as they are now
     * @param done when the renaming was; an instance that is younger only bears the name of one that was renamed
     * @param redirectUntil how long the paths that are left lead to those that are brought back
     */
    RenameReversal(Collection<InstanceRecord> records, Instant done, Instant redirectUntil) {
        this.redirectUntil = redirectUntil;
        this.records = records.stream()
                .filter(record -> !record.created().isAfter(done))
                .collect(Collectors.toMap(InstanceRecord::id, Function.identity()));
    }

    /** Takes in what was changed about the instance that had this id before. */
    void reverse(InstanceId before, List<RenameChange> done) {
        InstanceId now = done.stream()
                .filter(change -> change.kind() == RenameChange.Kind.INSTANCE)
                .map(change -> InstanceId.parse(change.newValue()))
                .findFirst()
                .orElse(before);
        InstanceRecord record = records.get(now);
        if (record == null) {
            warnings.add(now + " is gone; there is nothing of it to bring back.");
            return;
        }
        InstanceRecord reversed = record.withId(before);
        for (RenameChange change : done) {
            reversed = reverse(reversed, record, change);
        }
        RecordChange change = new RecordChange(record, reversed);
        if (!change.isNone()) {
            changes.add(change);
        }
    }

    private InstanceRecord reverse(InstanceRecord reversed, InstanceRecord now, RenameChange change) {
        return switch (change.kind()) {
            case PATH ->
                isStill(now, "path", now.path(), change)
                        ? reversed.movedTo(change.oldValue(), redirectUntil)
                        : reversed;
            case HOST ->
                isStill(now, "host", now.host().orElse(""), change)
                        ? reversed.withAliases(Optional.of(change.oldValue()), reversed.formerPaths())
                        : reversed;
            case SETTING -> reverseSetting(reversed, now, change);
            case INSTANCE, FOLDER -> reversed;
        };
    }

    private InstanceRecord reverseSetting(InstanceRecord reversed, InstanceRecord now, RenameChange change) {
        String value = now.settings().getOrDefault(change.key(), "");
        if (!isStill(now, "setting " + change.key(), value, change)) {
            return reversed;
        }
        Map<String, String> settings = new HashMap<>(reversed.settings());
        settings.put(change.key(), change.oldValue());
        return reversed.withSettings(Map.copyOf(settings));
    }

    private boolean isStill(InstanceRecord now, String what, String value, RenameChange change) {
        boolean still = value.equals(change.newValue());
        if (!still) {
            warnings.add("The " + what + " of " + now.id() + " was changed since and stays: " + value);
        }
        return still;
    }

    List<RecordChange> changes() {
        return changes;
    }

    List<String> warnings() {
        return warnings;
    }
}
