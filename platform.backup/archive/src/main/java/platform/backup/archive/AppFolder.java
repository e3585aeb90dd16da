package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import platform.backup.api.BackupException;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.State;

/** The folder of the apps' jars: an export takes them from there, and what a backup brings comes to it. */
final class AppFolder {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** As names of apps are; a name out of a backup must lead nowhere else. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Path folder;
    private final Services services;
    private final Duration patience;

    /** @param patience how long an app that was put there may take until it runs */
    AppFolder(Path folder, Services services, Duration patience) {
        this.folder = folder;
        this.services = services;
        this.patience = patience;
    }

    /** The jar of an app that is here. */
    Path jar(String app) {
        return services.find(app)
                .map(it -> folder.resolve(it.file()))
                .orElseThrow(() -> new BackupException("The app " + app + " is not on this platform"));
    }

    /**
     * Puts a jar into the folder, in place of the app's former one, and waits until the platform has taken it over.
     *
     * @throws BackupException when that does not work; what the app's instances do then is as after any update
     */
    void install(String app, String version, Path jar) throws IOException {
        if (!NAME.matcher(app).matches()) {
            throw new BackupException("No app is called '" + app + "'");
        }
        Optional<ServiceInfo> former = services.find(app);
        Path place = folder.resolve(former.map(ServiceInfo::file).orElse(app + ".jar"));
        if (former.isEmpty() && Files.exists(place)) {
            throw new BackupException("There is a file " + place + " already that is not the app " + app
                    + ": remove it, or give it another name");
        }
        Files.move(jar, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        await(app, version, place);
    }

    private void await(String app, String version, Path place) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isTakenOver(app, version)) {
            if (System.nanoTime() > deadline) {
                throw new BackupException(
                        "The app " + app + " " + version + " was put into " + place + ", and does not run" + " after "
                                + patience.toSeconds() + " s: app:list says why. Restore again when it does");
            }
            pause();
        }
    }

    /** An administrator may have stopped it: then it stays so. */
    private boolean isTakenOver(String app, String version) {
        return services.find(app)
                .filter(it -> it.version().equals(version))
                .filter(it -> it.state().isUp() || it.state() == State.STOPPED)
                .isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException("It was cancelled after the app was installed, and nothing else has changed", e);
        }
    }
}
