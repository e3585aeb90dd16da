package platform.core.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.RenameChange;
import platform.core.api.RenamePlan;
import platform.core.api.RenameRequest;
import platform.core.api.Renaming;
import platform.core.api.State;

/** Notes what it is asked for; there is one instance to rename. */
final class FakeRenaming implements Renaming {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    final List<String> calls = new ArrayList<>();
    List<String> conflicts = List.of();

    @Override
    public RenamePlan plan(RenameRequest request) {
        calls.add("plan " + request.kind() + " " + request.oldName() + " " + request.newName());
        return plan(request, false);
    }

    private RenamePlan plan(RenameRequest request, boolean undo) {
        List<RenameChange> changes = List.of(
                new RenameChange(
                        ACME,
                        RenameChange.Kind.INSTANCE,
                        "",
                        "acme@example.com",
                        "acme@example.org",
                        "Its database stays."),
                new RenameChange(
                        ACME, RenameChange.Kind.SETTING, "url", "https://example.com", "https://example.org", ""));
        return new RenamePlan(
                request, undo, changes, conflicts, List.of("No installed certificate covers example.org."));
    }

    @Override
    public RenamePlan planUndo() {
        calls.add("plan undo");
        return plan(new RenameRequest(RenameRequest.Kind.DOMAIN, "example.com", "example.org"), true);
    }

    @Override
    public List<InstanceInfo> apply(RenamePlan plan, Consumer<InstanceInfo> progress) {
        calls.add("apply");
        InstanceInfo info = new InstanceInfo(
                InstanceId.parse("acme@example.org"),
                "files",
                State.RUNNING,
                "",
                FakeServices.SINCE,
                "/example.org/acme",
                "",
                Map.of(),
                "example.com_acme",
                "embedded",
                Map.of(),
                FakeServices.SINCE);
        progress.accept(info);
        return List.of(info);
    }
}
