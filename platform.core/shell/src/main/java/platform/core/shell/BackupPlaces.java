package platform.core.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.core.api.PlatformException;

/** Which backup somebody means: by a path, by a name on a target, or as the newest of an instance. */
final class BackupPlaces {

    private final Backups backups;

    BackupPlaces(Backups backups) {
        this.backups = backups;
    }

    /** A target or a folder; the platform's own folder when nothing is given. */
    String place(String given) {
        if (given == null) {
            return backups.folder().toString();
        }
        return given.contains("/") ? path(given).toString() : given;
    }

    /** A file, or the newest backup of an instance at a place. */
    BackupSource source(String given, String from) {
        if (isFile(given)) {
            return file(given, from);
        }
        String place = place(from);
        return BackupVerbs.told(() -> backups.newest(given, place))
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no backup of " + Table.quoted(given) + " in " + place + ". Make one with backup:run "
                                + (given.equals(Backups.MANAGER) ? "--manager" : given) + "."))
                .file();
    }

    private static boolean isFile(String given) {
        return given.contains("/") || given.contains(":") || given.endsWith(".age");
    }

    /** From / on, or at a place: TARGET:FILE, or that of --from. */
    private BackupSource file(String given, String from) {
        if (given.startsWith("/")) {
            return BackupSource.of(path(given));
        }
        int colon = given.indexOf(':');
        if (colon > 0) {
            return at(given.substring(0, colon), given.substring(colon + 1));
        }
        return from == null && given.contains("/") ? BackupSource.of(path(given)) : at(place(from), given);
    }

    /** A bare name is looked for. */
    private BackupSource at(String place, String name) {
        if (name.contains("/")) {
            return new BackupSource(place, name);
        }
        return BackupVerbs.told(() -> backups.list(place)).stream()
                .map(BackupFile::file)
                .filter(file -> file.name().equals(name) || file.name().endsWith("/" + name))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("There is no backup " + Table.quoted(name) + " in "
                        + place + ". backup:list --from " + place + " shows them; name others from / on."));
    }

    static Path path(String given) {
        try {
            Path path = Path.of(given);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw new UsageException(Table.quoted(given) + " is no path: " + e.getReason());
        }
        throw new UsageException(
                Table.quoted(given) + " is not absolute, and the platform runs in another folder: name it from / on");
    }
}
