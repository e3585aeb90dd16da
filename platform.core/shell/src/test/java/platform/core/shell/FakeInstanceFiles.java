package platform.core.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.ExportRequest;
import platform.backup.api.ExportResult;
import platform.backup.api.InstanceFiles;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;

/** Writes nothing; a file that is "full" fails. */
final class FakeInstanceFiles implements InstanceFiles {

    final List<String> calls = new ArrayList<>();

    @Override
    public ExportResult exportTo(ExportRequest request, BackupProgress progress) {
        calls.add("export " + request.instance() + " " + request.file() + " " + request.recipients()
                + (request.withApp() ? " with its app" : ""));
        if (request.file().toString().contains("full")) {
            throw new BackupException("The disk is full");
        }
        return new ExportResult(
                request.file(),
                2_500_000,
                FakeBackups.MANIFEST,
                Duration.ofSeconds(2),
                request.recipients().isEmpty() ? Optional.of("AGE-SECRET-KEY-1ONCE") : Optional.empty());
    }

    @Override
    public RestoreResult importFrom(RestoreRequest request, List<String> keys, BackupProgress progress) {
        calls.add("import " + request.file() + " " + keys + " " + request.asIs()
                + (request.install() ? " installing" : ""));
        return new RestoreResult(
                request.as().orElse("acme@example.com"),
                FakeBackups.MANIFEST,
                Duration.ofSeconds(3),
                Optional.empty(),
                Optional.empty(),
                request.as().map(it -> "fresh-password"));
    }
}
