package platform.backup.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.ExportRequest;
import platform.backup.api.ExportResult;
import platform.backup.api.InstanceFiles;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;

/** Instances as archives outside the backups' folders. */
@Component
public final class ArchiveFiles implements InstanceFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveFiles.class);

    private final ArchiveBackups backups;

    @Activate
    public ArchiveFiles(@Reference ArchiveBackups backups) {
        this.backups = backups;
    }

    @Override
    public ExportResult exportTo(ExportRequest request, BackupProgress progress) {
        long begin = System.nanoTime();
        Path file = request.file();
        if (!file.isAbsolute() || file.getParent() == null) {
            throw new BackupException(
                    "The file " + file + " is not absolute: the platform runs elsewhere; name it from / on");
        }
        if (Files.exists(file)) {
            throw new BackupException("There is already a file " + file + ": name another one, or remove it");
        }
        Optional<Age.Identity> made = request.recipients().isEmpty() ? Optional.of(Age.generate()) : Optional.empty();
        List<String> keys = made.map(it -> List.of(it.recipient())).orElse(request.recipients());
        BackupMaker.Made written = backups.export(request, keys, progress);
        LOG.info("{} was exported to {}, {} bytes", request.instance(), file, written.bytes());
        return new ExportResult(
                file,
                written.bytes(),
                written.manifest(),
                Duration.ofNanos(System.nanoTime() - begin),
                made.map(Age.Identity::secret));
    }

    @Override
    public RestoreResult importFrom(RestoreRequest request, List<String> keys, BackupProgress progress) {
        RestoreResult result = backups.importFrom(request, keys, progress);
        LOG.info("{} was imported from {}", result.instance(), request.file());
        return result;
    }
}
