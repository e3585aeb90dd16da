package platform.core.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.child.ChildCommand;
import platform.core.child.ChildFolder;
import platform.core.child.ChildProcess;
import platform.core.instance.Workers;

/**
 * What the process of a service needs besides its jar: a folder, a user where the platform is root, and a class path.
 *
 * @param user the number of its user and its group; 0 for the platform's own
 */
record ProcessPlace(
        String app,
        int user,
        ProcessLimits limits,
        ChildFolder folder,
        List<Path> classPath,
        ChildCache cache,
        PlatformFolders folders,
        ControlGroups groups,
        Workers workers) {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessPlace.class);

    /** Far above what people and packages get. Nobody else must be one of these: SECURITY.md says so. */
    private static final int FIRST_USER = 640_000;

    /** Below the data folder. */
    private static final String FOLDER = "processes";

    /** What the system allows for the path of a socket, less the name of ours. */
    private static final int LONGEST_PATH = 100;

    static ProcessPlace of(
            String app,
            int number,
            ProcessLimits limits,
            PlatformFolders folders,
            List<Path> classPath,
            ChildCache cache,
            ControlGroups groups,
            Workers workers) {
        Path root = folders.data().resolve(FOLDER).resolve(app);
        if (root.toString().length() > LONGEST_PATH) {
            throw PlatformException.conflict(
                    "The folder " + root + " has too long a name for the sockets of a process: it" + " may have "
                            + LONGEST_PATH + " characters. Put the data folder somewhere else (--data).");
        }
        return new ProcessPlace(
                app,
                isRoot() ? FIRST_USER + number : 0,
                limits,
                new ChildFolder(root),
                classPath,
                cache,
                folders,
                groups,
                workers);
    }

    private static boolean isRoot() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException e) {
            LOG.debug("Who runs the platform is unknown", e);
            return false;
        }
    }

    /** As the distribution names it. */
    static List<Path> classPath(Path home) {
        Path list = home.resolve("lib/host.classpath");
        try (Stream<String> lines = Files.lines(list)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> home.resolve(line.strip()))
                    .toList();
        } catch (IOException e) {
            throw PlatformException.failed("The distribution lacks " + list + ": unpack it again.", e);
        }
    }

    /** Makes the folder anew, and hands it and those of the instances over. */
    void prepare() throws IOException {
        clean();
        folders.createPrivate(FOLDER, app);
        Path temporary = Files.createDirectories(temporary());
        letPass(folder.root());
        own(folder.root());
        own(temporary);
    }

    private Path temporary() {
        return folder.root().resolve("tmp");
    }

    /** Hands a file or a folder to the user of the process, without those in it. */
    void own(Path path) throws IOException {
        if (user != 0) {
            Files.setAttribute(path, "unix:uid", user);
            Files.setAttribute(path, "unix:gid", user);
        }
    }

    /** Lets the user of the process read a file, and not change it. */
    void share(Path file) throws IOException {
        if (user != 0) {
            Files.setAttribute(file, "unix:gid", user);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        }
    }

    /** Hands a folder and all in it over. */
    void ownAll(Path tree) throws IOException {
        if (user != 0) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.filter(it -> !Files.isSymbolicLink(it)).toList()) {
                    own(path);
                }
            }
            Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwx------"));
            letPass(tree);
        }
    }

    /** Whoever knows a name below the data folder may go through to it, and no more: others cannot list what is there. */
    private void letPass(Path to) throws IOException {
        for (Path way = to.getParent(); user != 0 && way.startsWith(folders.data()); way = way.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(way);
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(way, permissions);
            }
        }
    }

    List<String> command() throws IOException {
        Optional<Path> made = cache.ready();
        if (made.isPresent()) {
            letPass(made.get());
        }
        List<String> options = made.map(ChildCache::use).orElse(List.of());
        return new ChildCommand(user, limits, classPath, temporary(), options).words();
    }

    ChildPulse watch(ChildProcess child, Supervision supervision) {
        return new ChildPulse(app, child, workers, supervision);
    }

    void clean() {
        folders.delete(FOLDER, app);
    }

    /** Removes what is kept of a service that is gone. */
    static void forget(String app, PlatformFolders folders) {
        folders.delete(FOLDER, app + ".jar");
    }
}
