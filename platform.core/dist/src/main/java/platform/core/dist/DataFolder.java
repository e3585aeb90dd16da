package platform.core.dist;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds everything which one platform keeps. The server of the database runs as another user when the
 * platform runs as root: hence strangers may pass through the folder, but list nothing.
 */
final class DataFolder {

    /** Below this many free bytes the platform does not start: PostgreSQL would stop half-way through its recovery. */
    static final long NEEDED_SPACE = 200L << 20;

    /** On a small disk PostgreSQL is told to need less. */
    private static final int NEEDED_PERCENT = 5;

    /** What the platform keeps aside while it runs, and gives up when the disk is full. */
    private static final String RESERVE = "disk-reserve";

    private static final Map<String, String> FOLDERS = Map.ofEntries(
            Map.entry("pgsql", "rwxr-xr-x"),
            Map.entry("logs", "rwxr-x--x"),
            Map.entry("logs/platform", "rwxr-x---"),
            Map.entry("dumps", "rwx------"),
            Map.entry("backups", "rwx------"),
            Map.entry("secrets", "rwx------"),
            Map.entry("apps", "rwxr-xr-x"),
            Map.entry("cache", "rwxr-xr-x"),
            Map.entry("etc", "rwxr-x---"),
            Map.entry("instances", "rwxr-x---"),
            Map.entry("run", "rwxr-xr-x"));

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /**
     * Makes the folder and its subfolders where they are missing.
     *
     * @throws LaunchException when that is impossible
     */
    static DataFolder open(Path root) {
        try {
            makeRoot(root);
            DataFolder folder = new DataFolder(root.toRealPath());
            folder.requirePlainName();
            for (String name : FOLDERS.keySet().stream().sorted().toList()) {
                make(folder.path(name), FOLDERS.get(name));
            }
            restrict(folder.path("secrets"), FOLDERS.get("secrets"));
            folder.makeRoom();
            return folder;
        } catch (FileAlreadyExistsException e) {
            throw new LaunchException(
                    "The data folder " + root + " cannot be used: " + e.getFile() + " is no folder. Choose another"
                            + " with --data DIR.",
                    e);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** FileInstall takes its folders as a list with commas. */
    private void requirePlainName() {
        if (root.toString().contains(",")) {
            throw new LaunchException(
                    "The data folder " + root + " has a comma in its path: choose another with --data DIR.");
        }
    }

    private static void makeRoot(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root);
            restrict(root, "rwx--x--x");
        }
    }

    private static void make(Path folder, String permissions) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
            restrict(folder, permissions);
        }
    }

    private static void restrict(Path folder, String permissions) throws IOException {
        Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
        if (!Files.getPosixFilePermissions(folder).equals(wanted)) {
            Files.setPosixFilePermissions(folder, wanted);
        }
    }

    Path path(String name) {
        return root.resolve(name);
    }

    Path root() {
        return root;
    }

    /** On a full disk not even the lock could be taken. */
    private void makeRoom() throws IOException {
        if (usableSpace() < neededSpace()) {
            Files.deleteIfExists(path(RESERVE));
        }
    }

    /** The bytes that are free on the folder's disk. */
    long usableSpace() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** The bytes that must be free. */
    long neededSpace() {
        try {
            return Math.min(NEEDED_SPACE, Files.getFileStore(root).getTotalSpace() / 100 * NEEDED_PERCENT);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /**
     * Refuses a disk that is all but full.
     *
     * @param usable the bytes that are free
     * @param needed the bytes that must be
     */
    void requireSpace(long usable, long needed) {
        if (usable < needed) {
            throw new LaunchException("The disk of the data folder " + root + " is full: " + (usable >> 20)
                    + " MB are free, the platform needs " + (needed >> 20) + " MB. Make room there.");
        }
    }

    /**
     * Refuses a folder that a newer platform has written to, and otherwise notes that this version writes to it now.
     *
     * @param version this platform's version
     */
    void adopt(String version) {
        Path file = path("version");
        try {
            String written = Files.exists(file) ? Files.readString(file).strip() : "";
            if (written.equals(version)) {
                return;
            }
            refuseNewer(written, version);
            Path fresh = Files.writeString(path("version.new"), version + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private void refuseNewer(String written, String version) {
        if (!written.isEmpty() && parse(written).compareTo(parse(version)) > 0) {
            throw new LaunchException("The data folder " + root + " is from the newer version " + written
                    + " of the platform, this is " + version + ": start that version, or choose another folder with"
                    + " --data DIR.");
        }
    }

    private Version parse(String version) {
        try {
            return Version.parse(version);
        } catch (IllegalArgumentException e) {
            throw new LaunchException(
                    "The file " + path("version") + " holds no version but '" + version + "': is this a data folder?",
                    e);
        }
    }

    /** Copies the configuration files that the data folder lacks. */
    void copyDefaults(Path defaults) {
        try (Stream<Path> files = Files.isDirectory(defaults) ? Files.list(defaults) : Stream.empty()) {
            for (Path file : files.filter(f -> f.toString().endsWith(".cfg")).toList()) {
                Path target = path("etc").resolve(file.getFileName());
                if (!Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static LaunchException unusable(Path root, IOException e) {
        return new LaunchException(
                "The data folder " + root + " cannot be used: " + e + ". Choose another with --data DIR.", e);
    }
}
