package platform.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.backup.api.BackupException;
import platform.backup.api.DamagedBackupException;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.Dumps;

/**
 * The second step of the restore of a whole platform: the manager's database, and the files of its backup. It runs while there is
 * no manager. Cut off, it is done again from its beginning; files get into their places when all of the backup was verified.
 */
@Component(service = BiConsumer.class, property = "platform.restore=manager")
public final class ManagerRestore implements BiConsumer<Map<String, String>, Consumer<String>> {

    private static final Pattern FILE = Pattern.compile("(etc|secrets|apps)(/[^/]+)+");

    private final Path data;
    private final Path drafts;
    private final Databases databases;
    private final Dumps dumps;

    @Activate
    public ManagerRestore(BundleContext context, @Reference Databases databases, @Reference Dumps dumps) {
        this(DataFolder.of(context), databases, dumps);
    }

    ManagerRestore(Path data, Databases databases, Dumps dumps) {
        this.data = data;
        this.drafts = data.resolve("cache").resolve("restore");
        this.databases = databases;
        this.dumps = dumps;
    }

    @Override
    public void accept(Map<String, String> request, Consumer<String> lines) {
        RestoreOrigin origin = new RestoreOrigin(request);
        Told.as("The manager was not restored from " + origin, () -> {
            RestoreOrigin.Found manager = PlatformPlan.of(origin).manager();
            lines.accept("Restoring the manager ...");
            restore(manager.backup(), lines);
            return manager;
        });
    }

    void restore(StoredBackup backup, Consumer<String> lines) throws IOException {
        clear();
        DatabaseSpec spec = new DatabaseSpec(ManagerContent.DATABASE, ManagerContent.DATABASE, password());
        databases.dropDatabase(spec.database());
        databases.createRole(spec);
        databases.createDatabase(spec);
        try (ArchiveReader reader = backup.open("restore", new ProgressLines("manager", lines))) {
            reader.unpackTo(this::draft);
            Restorer.fill(dumps, spec.database(), reader);
        }
        exempt(spec);
        givePassword();
        movePlaces();
        clear();
    }

    private static String password() {
        byte[] password = new byte[24];
        new SecureRandom().nextBytes(password);
        return HexFormat.of().formatHex(password);
    }

    private OutputStream draft(String name) throws IOException {
        Path file = drafts.resolve(name).normalize();
        if (!FILE.matcher(name).matches() || !file.startsWith(drafts)) {
            throw new DamagedBackupException("The backup holds a file that belongs nowhere: " + name);
        }
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.newOutputStream(file);
    }

    /** The settings of a role are no part of a dump: while the disk is full, the manager's may write nevertheless. */
    private void exempt(DatabaseSpec spec) {
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE CURRENT_USER SET default_transaction_read_only = off");
        } catch (SQLException e) {
            throw new BackupException("The manager's database cannot be used: " + e.getMessage(), e);
        }
    }

    /** That of the backup's secrets, by which the manager knows the database for its own. */
    private void givePassword() throws IOException {
        Path kept = drafts.resolve("secrets").resolve("manager-database");
        if (Files.exists(kept)) {
            String password = Files.readString(kept).strip();
            databases.createRole(new DatabaseSpec(ManagerContent.DATABASE, ManagerContent.DATABASE, password));
        }
    }

    private void movePlaces() throws IOException {
        for (Path draft : tree()) {
            Path place = data.resolve(drafts.relativize(draft));
            if (Files.isDirectory(draft)) {
                Files.createDirectories(place);
            } else {
                Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void clear() throws IOException {
        for (Path draft : tree().stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(draft);
        }
    }

    private List<Path> tree() throws IOException {
        if (!Files.exists(drafts)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(drafts)) {
            return all.sorted().toList();
        }
    }
}
