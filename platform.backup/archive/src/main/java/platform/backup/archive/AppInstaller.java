package platform.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupPart;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreRequest;

/**
 * Brings the app of a backup to this platform where it is missing or older: exactly the jar that the backup was made with, by its
 * SHA-256. It is in the file itself when that was exported so, and in the backups of the manager.
 */
final class AppInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(AppInstaller.class);

    private final RestorePlanner planner;
    private final AppFolder apps;
    private final BackupOpener opener;
    private final Function<String, List<BackupFile>> lister;
    private final Path ownPlace;

    /** One at a time; what was cut off is written over. */
    private final Path draft;

    /**
     * @param lister lists the backups at a place
     * @param ownPlace where backups are as a rule
     * @param cache for the jar until it is whole
     */
    AppInstaller(
            RestorePlanner planner,
            AppFolder apps,
            BackupOpener opener,
            Function<String, List<BackupFile>> lister,
            Path ownPlace,
            Path cache) {
        this.planner = planner;
        this.apps = apps;
        this.opener = opener;
        this.lister = lister;
        this.ownPlace = ownPlace;
        this.draft = cache.resolve("restored-app.jar");
    }

    /** What a restore would do, the app's part of it included. */
    synchronized RestorePlan plan(StoredBackup backup, RestoreRequest request) {
        return Told.as(backup + " cannot be restored", () -> {
            try {
                return fetched(backup, request);
            } finally {
                Files.deleteIfExists(draft);
            }
        });
    }

    /**
     * Installs the app. Does nothing when the one that is here will do.
     *
     * @param check throws when something else is in the way of the plan
     */
    synchronized void install(StoredBackup backup, RestoreRequest request, Consumer<RestorePlan> check) {
        Told.as(backup + " was not restored", () -> {
            try {
                RestorePlan plan = fetched(backup, request);
                check.accept(plan);
                BackupHeader header = plan.header();
                if (planner.lacksApp(header)) {
                    apps.install(header.app(), header.appVersion(), draft);
                    LOG.info("The app {} {} was installed from {}", header.app(), header.appVersion(), backup);
                }
                return plan;
            } finally {
                Files.deleteIfExists(draft);
            }
        });
    }

    /** Leaves the jar in the draft, if one is needed. */
    private RestorePlan fetched(StoredBackup backup, RestoreRequest request) throws IOException {
        BackupHeader header = header(backup);
        RestoreInto into = RestoreInto.of(request);
        return planner.plan(
                header, planner.lacksApp(header) ? into.installing(fetch(backup, header, request.file())) : into);
    }

    private static BackupHeader header(StoredBackup backup) throws IOException {
        try (ArchiveReader reader = backup.open("open", BackupProgress.NONE)) {
            return reader.header();
        }
    }

    /** Returns where the jar was found. */
    private String fetch(StoredBackup backup, BackupHeader header, BackupSource source) throws IOException {
        if (header.appSha256().isEmpty()) {
            throw new BackupException("It does not say which jar of the app " + header.app()
                    + " it was made with: copy one into the apps folder, and restore without --install");
        }
        if (take(backup, header, reader -> Optional.of(Format.app(header.app())))) {
            return backup.toString();
        }
        List<String> places =
                Stream.of(source.place(), ownPlace.toString()).distinct().toList();
        for (String place : places) {
            for (BackupFile manager : managers(place, header)) {
                if (takeFrom(opener.find(manager.file()), header)) {
                    return manager.file().toString();
                }
            }
        }
        throw new BackupException("The app " + header.app() + " " + header.appVersion()
                + " that it was made with is neither in it nor in a backup of the manager in "
                + String.join(" or ", places)
                + ": copy its jar into the apps folder, or say with --from where backups of the manager are");
    }

    /** Those that were made about when the backup was are the likeliest to hold the app. */
    private List<BackupFile> managers(String place, BackupHeader header) {
        return lister.apply(place).stream()
                .filter(it -> it.instance().equals(Backups.MANAGER))
                .sorted(Comparator.comparing(
                        it -> Duration.between(it.made(), header.made()).abs()))
                .toList();
    }

    /** One that cannot be opened is none: there may be others. */
    private boolean takeFrom(StoredBackup manager, BackupHeader header) throws IOException {
        try {
            return take(manager, header, reader -> reader.manager().file(header.app(), header.appVersion()));
        } catch (BackupException e) {
            LOG.warn("The app {} is not looked for in {}: {}", header.app(), manager, e.getMessage());
            return false;
        }
    }

    /** Takes the jar into the draft; whether it is there, and the one that is meant. */
    private boolean take(StoredBackup backup, BackupHeader header, Function<ArchiveReader, Optional<String>> nameIn)
            throws IOException {
        try (ArchiveReader reader = backup.open("open", BackupProgress.NONE)) {
            Optional<String> name = nameIn.apply(reader);
            if (name.isEmpty()) {
                return false;
            }
            Files.createDirectories(draft.getParent());
            reader.unpackTo(
                    it -> it.equals(name.get()) ? Files.newOutputStream(draft) : OutputStream.nullOutputStream());
            return reader.readFiles().stream()
                    .filter(part -> part.name().equals(name.get()))
                    .map(BackupPart::sha256)
                    .anyMatch(header.appSha256()::equals);
        }
    }
}
