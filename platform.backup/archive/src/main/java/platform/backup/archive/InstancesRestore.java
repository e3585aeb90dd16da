package platform.backup.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.backup.api.BackupException;
import platform.backup.api.RestoreResult;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;

/**
 * The third step of the restore of a whole platform: its instances, each as {@code backup:restore} does it. Which of them have
 * their databases the server knows: so what was cut off goes on where it was.
 */
@Component(service = BiConsumer.class, property = "platform.restore=instances")
public final class InstancesRestore implements BiConsumer<Map<String, String>, Consumer<String>> {

    private final ArchiveBackups backups;
    private final Instances instances;
    private final InstanceTransfer transfer;
    private final BackupGate gate;

    @Activate
    public InstancesRestore(
            @Reference ArchiveBackups backups,
            @Reference Instances instances,
            @Reference InstanceTransfer transfer,
            @Reference BackupGate gate) {
        this.backups = backups;
        this.instances = instances;
        this.transfer = transfer;
        this.gate = gate;
    }

    /** Meanwhile no schedule begins: it would back up what is not there yet. */
    @Override
    public void accept(Map<String, String> request, Consumer<String> lines) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        gate.begin(() -> {
                    try {
                        restore(new RestoreOrigin(request), lines);
                        end.complete(null);
                    } catch (IOException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                })
                .ifPresent(reason -> end.completeExceptionally(new BackupException(reason)));
        try {
            end.join();
        } catch (CompletionException e) {
            throw new BackupException(
                    "Not all instances were restored: " + e.getCause().getMessage(), e);
        }
    }

    private void restore(RestoreOrigin origin, Consumer<String> lines) throws IOException {
        Map<String, RestoreOrigin.Found> found = PlatformPlan.of(origin).instances();
        List<String> failures = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, RestoreOrigin.Found> one : found.entrySet()) {
            number++;
            String what = one.getKey() + " (" + number + " of " + found.size() + ")";
            if (isRestored(InstanceId.parse(one.getKey()))) {
                lines.accept(what + " is restored already.");
                continue;
            }
            lines.accept("Restoring " + what + " ...");
            try {
                RestoreResult result = backups.restore(
                        one.getValue().backup(), RestoreInto.ITSELF, new ProgressLines(one.getKey(), lines));
                lines.accept("  " + result.manifest().allRows() + " rows in "
                        + result.took().toSeconds() + " s");
            } catch (BackupException e) {
                lines.accept("  " + e.getMessage());
                failures.add(one.getKey());
            }
        }
        if (!failures.isEmpty()) {
            throw new BackupException(String.join(", ", failures)
                    + ". Start the platform, and restore them with backup:restore when the cause is gone");
        }
    }

    private boolean isRestored(InstanceId id) {
        return instances.find(id).isPresent() && transfer.prepare(id);
    }
}
