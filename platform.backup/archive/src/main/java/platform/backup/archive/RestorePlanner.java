package platform.backup.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.Version;
import platform.backup.api.BackupException;
import platform.backup.api.BackupHeader;
import platform.backup.api.Backups;
import platform.backup.api.RestorePlan;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.db.api.SpareDatabases;

/** Says what a restore needs and what is in its way, before anything is done. */
final class RestorePlanner {

    /** What the server writes beside the database while it is filled, at least. */
    private static final long LOG_BYTES = 64 << 20;

    private final Instances instances;
    private final Services services;
    private final SpareDatabases spares;

    RestorePlanner(Instances instances, Services services, SpareDatabases spares) {
        this.instances = instances;
        this.services = services;
        this.spares = spares;
    }

    RestorePlan plan(BackupHeader header, RestoreInto into) {
        if (header.instance().equals(Backups.MANAGER)) {
            throw new BackupException("It is a backup of the manager. 'platform restore' makes a platform of it and of"
                    + " the backups beside it, on an empty data folder");
        }
        InstanceId id = InstanceId.parse(into.as().orElse(header.instance()));
        Optional<InstanceInfo> present = instances.find(id);
        List<String> obstacles = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (into.as().isPresent() && present.isPresent()) {
            obstacles.add("There is already an instance " + id + ": choose another name.");
        } else if (present.isPresent() && !present.get().app().equals(header.app())) {
            obstacles.add(id + " is an instance of the app " + present.get().app() + " now, and the backup is of "
                    + header.app() + ": restore it under another name, with --as.");
        }
        if (present.isPresent() && into.server().isPresent()) {
            obstacles.add("It is restored on the server that it is on, "
                    + present.get().server()
                    + ": leave --server out, and move it afterwards with instance:move-database.");
        }
        version(header, into, obstacles, notes);
        long needed = bytesNeeded(header);
        long free = present.map(InstanceInfo::server)
                .or(into::server)
                .map(spares::freeBytes)
                .orElseGet(spares::freeBytes);
        if (needed > free) {
            obstacles.add(String.format(
                    Locale.ROOT,
                    "It needs %,d bytes beside what is taken now, and only %,d are free: %,d are missing. Free them.",
                    needed,
                    free,
                    needed - free));
        }
        return new RestorePlan(header, id.toString(), present.isPresent(), needed, free, obstacles, notes);
    }

    /** The database once more, and as much log as belongs to it. */
    static long bytesNeeded(BackupHeader header) {
        return header.databaseBytes() + header.databaseBytes() / 10 + LOG_BYTES;
    }

    /** Whether the app of a backup is missing here, or older. */
    boolean lacksApp(BackupHeader header) {
        return services.find(header.app())
                .map(app -> compare(header.appVersion(), app.version()) > 0)
                .orElse(true);
    }

    private void version(BackupHeader header, RestoreInto into, List<String> obstacles, List<String> notes) {
        String made = header.app() + (header.appVersion().isEmpty() ? "" : " " + header.appVersion());
        Optional<ServiceInfo> app = services.find(header.app());
        if (into.app().isPresent()) {
            notes.add("The app " + made + " is installed first, from "
                    + into.app().get()
                    + app.map(it -> "; it takes the place of " + it.version() + " for all its instances")
                            .orElse("")
                    + ".");
            return;
        }
        if (app.isEmpty()) {
            obstacles.add("The backup is of the app " + made + ", which is not on this platform: copy its jar into the"
                    + " apps folder, or use --install, which takes it out of the file or of a backup of the manager.");
            return;
        }
        int compared = compare(header.appVersion(), app.get().version());
        if (compared > 0) {
            String older = "The backup is of " + made + ", and here is the older version "
                    + app.get().version() + ", which may not understand its database";
            (into.asIs() ? notes : obstacles)
                    .add(older
                            + (into.asIs()
                                    ? "."
                                    : ": copy that version or a newer one into the apps folder first, or use --install,"
                                            + " which takes it out of the file or of a backup of the manager. Or restore"
                                            + " it with --as-is, which goes well if both have the same schema."));
        } else if (compared < 0) {
            notes.add("The backup is of " + made + "; version " + app.get().version()
                    + " brings its database up to date when it starts.");
        }
    }

    /** A version that is not known is as good as any. */
    private static int compare(String made, String here) {
        if (made.isEmpty() || here.isEmpty()) {
            return 0;
        }
        return Version.parseVersion(made).compareTo(Version.parseVersion(here));
    }
}
