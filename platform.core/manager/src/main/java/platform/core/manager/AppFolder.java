package platform.core.manager;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppFiles;
import platform.core.api.PlatformException;
import platform.core.api.ReceivedApp;
import platform.core.api.ServiceInfo;

/**
 * The folder of the apps' files, as it is changed by calls. What arrives is hidden in it until it is whole, so that it is not
 * installed before; what a crash has left of that goes at the next start.
 */
@Component(immediate = true)
public final class AppFolder implements AppFiles {

    private static final Logger LOG = LoggerFactory.getLogger(AppFolder.class);
    private static final String DRAFT = ".upload-";

    private final Path folder;
    private final AppServices services;
    private final long largest;

    @Activate
    public AppFolder(BundleContext context, @Reference AppServices services) {
        this(PlatformFolders.of(context).create("apps"), services, LARGEST);
    }

    AppFolder(Path folder, AppServices services, long largest) {
        this.folder = folder;
        this.services = services;
        this.largest = largest;
        removeDrafts();
    }

    private void removeDrafts() {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            drafts.forEach(AppFolder::discard);
        } catch (IOException e) {
            throw new UncheckedIOException("The apps folder " + folder + " cannot be read", e);
        }
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed; the next start tries it again", draft, e);
        }
    }

    @Override
    public ReceivedApp receive(String app, InputStream jar) {
        Path draft = folder.resolve(DRAFT + UUID.randomUUID());
        boolean good = false;
        try {
            copy(jar, draft);
            AppFile file = AppFile.read(draft);
            if (!file.name().equals(app)) {
                throw PlatformException.invalid("The jar is the app '" + file.name() + "', not '" + app
                        + "'. Send it to the path of its own name.");
            }
            good = true;
            return new Received(file);
        } finally {
            if (!good) {
                discard(draft);
            }
        }
    }

    private void copy(InputStream jar, Path draft) {
        byte[] buffer = new byte[65536];
        long length = 0;
        try (FileOutputStream file = new FileOutputStream(draft.toFile())) {
            for (int n = jar.read(buffer); n >= 0; n = jar.read(buffer)) {
                length += n;
                if (length > largest) {
                    throw PlatformException.invalid("The jar is larger than " + largest
                            + " bytes. Copy it into the folder apps on the server's machine.");
                }
                file.write(buffer, 0, n);
            }
            file.getFD().sync();
        } catch (IOException e) {
            throw PlatformException.failed(
                    "The jar has not arrived, or cannot be kept in " + folder + ": " + e.getMessage()
                            + " Send it again, or look at the disk with platform:disk.",
                    e);
        }
    }

    /** A draft, until it has taken its place. */
    private final class Received implements ReceivedApp {

        private final AppFile draft;

        Received(AppFile draft) {
            this.draft = draft;
        }

        @Override
        public String hash() {
            return draft.hash();
        }

        @Override
        public String version() {
            return draft.version();
        }

        @Override
        public ServiceInfo install() {
            Path file = folder.resolve(services.fileFor(draft.name()));
            try {
                Files.move(draft.path(), file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw PlatformException.failed(
                        "The app '" + draft.name() + "' cannot be put to " + file + ": " + e.getMessage(), e);
            }
            // FileInstall, which would see it within a second, finds it done.
            services.install(file.toFile());
            return services.find(draft.name())
                    .orElseThrow(() -> PlatformException.failed(
                            "The app '" + draft.name() + "' was removed while it was installed.", null));
        }

        @Override
        public void close() {
            discard(draft.path());
        }
    }

    @Override
    public void remove(String app, boolean withInstances) {
        ServiceInfo service = services.find(app)
                .orElseThrow(() ->
                        PlatformException.notFound("There is no app '" + app + "'. " + AppServices.WHERE_APPS_ARE));
        if (service.instances() > 0 && !withInstances) {
            throw PlatformException.conflict("The app '" + app + "' has " + service.instances()
                    + " instances. Delete them, or have them stopped with it, over REST by ?force=true: then they wait,"
                    + " with their data, until an app of that name is there again.");
        }
        Path file = folder.resolve(service.file());
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw PlatformException.failed("The file " + file + " cannot be removed: " + e.getMessage(), e);
        }
        services.uninstall(file.toFile());
    }
}
