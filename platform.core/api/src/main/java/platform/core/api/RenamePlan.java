package platform.core.api;

import java.util.List;
import java.util.Objects;

/**
 * What a renaming would do. It is a picture of the moment it was made: when the instances change afterwards, it is not carried
 * out any more.
 *
 * @param request the renaming, also of a plan that undoes it
 * @param undo whether this plan takes the renaming back
 * @param changes all that changes, by instance
 * @param conflicts why it cannot be done, a sentence each; empty when it can
 * @param warnings what an administrator should know or do besides, a sentence each
 */
public record RenamePlan(
        RenameRequest request,
        boolean undo,
        List<RenameChange> changes,
        List<String> conflicts,
        List<String> warnings) {

    public RenamePlan {
        Objects.requireNonNull(request, "request");
        changes = List.copyOf(changes);
        conflicts = List.copyOf(conflicts);
        warnings = List.copyOf(warnings);
    }
}
