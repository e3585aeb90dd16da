package platform.backup.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupTargets;
import platform.backup.api.TargetInfo;
import platform.backup.api.TargetSetup;
import platform.backup.api.TargetTest;
import platform.core.api.Instances;
import platform.core.api.Platform;

/** The targets of this platform. Within the bundle they are opened here, after a look that they do not lie on the platform itself. */
@Component(service = {BackupTargets.class, Targets.class})
public final class Targets implements BackupTargets {

    private static final Logger LOG = LoggerFactory.getLogger(Targets.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Somebody waits for a test and for the key of a host. */
    private static final Duration SHORT = Duration.ofSeconds(15);

    private final TargetFiles files;
    private final OwnPlatform own;
    private final TargetConnector connector;
    private final TargetConnector prompt;
    private final Clock clock;

    @Activate
    public Targets(@Reference Platform platform, @Reference Instances instances) {
        this(
                new TargetFiles(platform.data().resolve("secrets").resolve("backup-targets")),
                new OwnPlatform(platform, instances),
                new TargetConnector(Clock.systemUTC(), PATIENCE, FolderTarget::new),
                new TargetConnector(Clock.systemUTC(), SHORT, FolderTarget::new),
                Clock.systemUTC());
    }

    Targets(TargetFiles files, OwnPlatform own, TargetConnector connector, TargetConnector prompt, Clock clock) {
        this.files = files;
        this.own = own;
        this.connector = connector;
        this.prompt = prompt;
        this.clock = clock;
    }

    /**
     * Opens a target to be used; the caller closes it.
     *
     * @throws BackupException when there is none of this name, or it lies on this platform
     */
    Target open(String name) throws IOException {
        TargetSpec spec = need(name);
        own.refuse(spec);
        return connector.connect(spec, Retry.usual());
    }

    /** Opens a target, or a folder whose absolute path is given. */
    Target openPlace(String place) throws IOException {
        return place.startsWith("/") ? new FolderTarget(Path.of(place)) : open(place);
    }

    /** Opens a place to write to it. */
    Target openToWrite(String place) throws IOException {
        mustBeElsewhere(place);
        return openPlace(place);
    }

    /**
     * @throws BackupException when the place is a folder of the platform's own data
     */
    void mustBeElsewhere(String place) {
        if (place.startsWith("/")) {
            own.refuseFolder(Path.of(place));
        }
    }

    /**
     * @throws BackupException when the address is that of an instance of this platform
     */
    void mustBeElsewhere(URI address) {
        own.refuseInstance(address, Set.of());
    }

    /**
     * What lies on an instance cannot hold that instance's backups.
     *
     * @throws BackupException when the place is a target that excludes the instance, or a folder of the platform's own data
     */
    void mustTake(String place, String instance) {
        mustBeElsewhere(place);
        boolean isTarget = !place.startsWith("/");
        if (isTarget && need(place).info().excluded().contains(instance)) {
            throw new BackupException(
                    "The target " + place + " does not take backups of " + instance + ", which it excludes.");
        }
    }

    private TargetSpec need(String name) {
        return files.find(name)
                .orElseThrow(() -> new BackupException("There is no target '" + name + "'. See backup:target list."));
    }

    @Override
    public List<TargetInfo> list() {
        return files.list().stream().map(TargetSpec::info).toList();
    }

    @Override
    public TargetInfo add(TargetSetup setup) {
        TargetSpec spec = TargetSpec.of(setup);
        own.refuse(spec);
        prompt.requireHostKey(spec);
        files.keep(spec);
        LOG.info(
                "Backups can go to the target {}, {}",
                spec.info().name(),
                spec.info().address());
        return spec.info();
    }

    @Override
    public void remove(String name) {
        need(name);
        files.remove(name);
        LOG.info("The target {} is forgotten; what it holds stays there", name);
    }

    @Override
    public TargetTest test(String name) {
        TargetSpec spec = need(name);
        return TargetCheck.run(
                name,
                () -> {
                    own.refuse(spec);
                    return prompt.connect(spec, Retry.never());
                },
                clock);
    }
}
