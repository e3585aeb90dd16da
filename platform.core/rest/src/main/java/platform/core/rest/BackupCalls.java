package platform.core.rest;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.core.api.PlatformException;

/** What calls about backups have in common. */
final class BackupCalls {

    private final Parts parts;

    BackupCalls(Parts parts) {
        this.parts = parts;
    }

    Backups backups() {
        return parts.need(Backups.class);
    }

    /** Where it is, when nothing is said: the platform's own folder. */
    String place(String place) {
        return place == null ? backups().folder().toString() : place;
    }

    /** @param instance as it is written, or {@link Backups#MANAGER} */
    List<BackupFile> of(String instance, String place) {
        return backups().list(place(place)).stream()
                .filter(it -> it.instance().equals(instance))
                .toList();
    }

    /** Only what is a backup of that instance: another one's must not get into it, and no other file be read. */
    BackupSource find(String instance, String place, String name) {
        String wanted = Required.property("name", name);
        return of(instance, place).stream()
                .map(BackupFile::file)
                .filter(it -> it.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no such backup of " + instance + " there. Look at the list of its backups."));
    }

    /** Of several instances, one after the other or at once. */
    static Function<String, BackupProgress> toldOfEach(Consumer<String> progress) {
        return instance -> told(line -> progress.accept(instance + ": " + line));
    }

    static BackupProgress told(Consumer<String> progress) {
        return (step, done, total) -> progress.accept(step + " " + done + " of " + total + " bytes");
    }
}
