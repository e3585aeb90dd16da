package platform.core.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.RenameChange;
import platform.core.api.RenamePlan;
import platform.core.api.RenameRequest;

/** Renames in the mind; to {@code taken.example} it cannot. */
final class FakeRenaming {

    final List<RenamePlan> applied = new ArrayList<>();

    RenamePlan plan(RenameRequest request) {
        boolean taken = request.newName().equals("taken.example");
        return plan(request, false, taken ? List.of("acme@taken.example is there already.") : List.of());
    }

    RenamePlan planUndo() {
        return plan(new RenameRequest(RenameRequest.Kind.DOMAIN, "example.net", "example.com"), true, List.of());
    }

    private static RenamePlan plan(RenameRequest request, boolean undo, List<String> conflicts) {
        RenameChange change = new RenameChange(
                InstanceId.parse("acme@example.com"),
                RenameChange.Kind.INSTANCE,
                "",
                "acme@example.com",
                "acme@" + request.newName(),
                "");
        return new RenamePlan(request, undo, List.of(change), conflicts, List.of("Tell your users."));
    }

    List<InstanceInfo> apply(RenamePlan plan, Consumer<InstanceInfo> progress) {
        applied.add(plan);
        return List.of();
    }
}
