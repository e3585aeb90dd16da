package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import platform.backup.api.BackupHeader;
import platform.backup.api.Backups;
import platform.core.api.Instances;
import platform.core.api.Services;
import platform.db.api.DumpInfo;

/**
 * What makes a platform again, but for the databases of its instances: the manager's database, the settings that differ from the
 * distribution's, the secrets, among them the key that seals what is in the database, and the apps.
 */
final class ManagerContent implements BackupContent {

    /** The name of the manager's database, and of its role. */
    static final String DATABASE = "manager";

    /** In place of an app. */
    static final String PLATFORM = "platform";

    /** Those of another server are of no use, and what is half written is of none at all. */
    private static final Set<String> NOT_KEPT = Set.of("postgresql", "postgresql.next", "admin.unseen");

    private final Path data;
    private final Path defaults;
    private final String version;
    private final Instances instances;
    private final Services services;

    /**
     * @param data the data folder
     * @param defaults the folder of the distribution's settings
     * @param version the platform's
     */
    ManagerContent(Path data, Path defaults, String version, Instances instances, Services services) {
        this.data = data;
        this.defaults = defaults;
        this.version = version;
        this.instances = instances;
        this.services = services;
    }

    @Override
    public String database() {
        return DATABASE;
    }

    @Override
    public BackupHeader header(DumpInfo info) {
        return BackupContent.header(info, Backups.MANAGER, PLATFORM, version, "");
    }

    @Override
    public void writeTo(ArchiveWriter writer) throws IOException {
        writer.begin(Format.MANAGER, description());
        for (Path file : files()) {
            writer.file(data.relativize(file).toString(), file);
        }
    }

    private KeptManager description() {
        return new KeptManager(
                instances.list().stream()
                        .map(it -> new KeptManager.KeptId(it.id().toString(), it.app()))
                        .toList(),
                services.list().stream()
                        .map(it -> new KeptManager.KeptApp(it.name(), it.version(), it.file()))
                        .toList());
    }

    private List<Path> files() throws IOException {
        return Stream.of(
                        below("etc").filter(this::isOwn),
                        below("secrets").filter(ManagerContent::isKept),
                        below("apps").filter(file -> file.toString().endsWith(".jar")))
                .flatMap(files -> files)
                .toList();
    }

    private Stream<Path> below(String folder) throws IOException {
        if (!Files.isDirectory(data.resolve(folder))) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(data.resolve(folder))) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private boolean isOwn(Path file) {
        try {
            Path theirs = defaults.resolve(data.resolve("etc").relativize(file));
            return !Files.isRegularFile(theirs) || Files.mismatch(file, theirs) >= 0;
        } catch (IOException e) {
            // One too many does no harm.
            return true;
        }
    }

    private static boolean isKept(Path file) {
        String name = file.getFileName().toString();
        return !name.endsWith(".new") && !NOT_KEPT.contains(name);
    }
}
