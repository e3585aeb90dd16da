package platform.backup.archive;

import java.util.List;
import java.util.Optional;

/**
 * What a backup of the manager says of the platform, besides the manager's database and its files.
 *
 * @param instances those that the platform had
 * @param apps the files of the apps folder that are in it
 */
record KeptManager(List<KeptId> instances, List<KeptApp> apps) {

    /**
     * An instance.
     *
     * @param id {@code name@domain}
     * @param app its app
     */
    record KeptId(String id, String app) {}

    /**
     * An app.
     *
     * @param name its name
     * @param version the version of its bundle
     * @param file the name of its file
     */
    record KeptApp(String name, String version, String file) {}

    KeptManager {
        instances = List.copyOf(instances);
        apps = List.copyOf(apps);
    }

    /** The name of the file, in the backup, that holds this version of an app. */
    Optional<String> file(String app, String version) {
        return apps.stream()
                .filter(it -> it.name().equals(app) && it.version().equals(version))
                .map(it -> Format.APPS + it.file())
                .findFirst();
    }
}
