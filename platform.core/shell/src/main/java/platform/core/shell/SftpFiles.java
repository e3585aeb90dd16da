package platform.core.shell;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.security.Principal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import platform.core.api.Caller;

/**
 * What clients do with files: all that they name comes through {@link #resolveLocalFilePath}, and what changes something is
 * allowed and noted here. A file for {@code apps} takes its place when it has arrived whole: what is cut off is not installed.
 */
final class SftpFiles implements SftpFileSystemAccessor, SftpEventListener {

    private final SftpRoot root;
    private final Function<ServerSession, Caller> callers;
    private final SftpAudit audit;
    /** Those whose session has ended while they were open; sshd forgets a handle's own attributes too early. */
    private final Set<Handle> cutOff = ConcurrentHashMap.newKeySet();

    SftpFiles(SftpRoot root, Function<ServerSession, Caller> callers, SftpAudit audit) {
        this.root = root;
        this.callers = callers;
        this.audit = audit;
    }

    private Caller caller(SftpSubsystemProxy subsystem) {
        return callers.apply(subsystem.getServerSession());
    }

    @Override
    public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path rootFolder, String remote) throws IOException {
        return root.resolve(rootFolder.getRoot(), remote, caller(subsystem));
    }

    @Override
    public SeekableByteChannel openFile(
            SftpSubsystemProxy subsystem,
            FileHandle handle,
            Path file,
            String name,
            Set<? extends OpenOption> options,
            FileAttribute<?>... attributes)
            throws IOException {
        Set<OpenOption> safe = new HashSet<>(options);
        safe.add(LinkOption.NOFOLLOW_LINKS);
        if (isForReading(options)) {
            if (root.area(file).filter(SftpArea::isAudited).isPresent()) {
                audit.run(caller(subsystem), "read", file.toString(), () -> {});
            }
            return FileChannel.open(root.real(file), safe);
        }
        root.requireWrite(file, caller(subsystem));
        if (!isApp(file)) {
            return audit.call(
                    caller(subsystem), "write", file.toString(), () -> FileChannel.open(root.real(file), safe));
        }
        // Without a handle only the size is set, of what is still arriving.
        if (handle == null) {
            return FileChannel.open(draft(file), safe);
        }
        return FileChannel.open(
                draft(file),
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isForReading(Set<? extends OpenOption> options) {
        return options.stream().allMatch(option -> option == StandardOpenOption.READ);
    }

    private boolean isApp(Path file) {
        return root.area(file).filter(SftpArea.APPS::equals).isPresent();
    }

    /** What is hidden is not installed. */
    private Path draft(Path file) {
        return root.real(file).resolveSibling("." + file.getFileName() + ".part");
    }

    @Override
    public void closeFile(
            SftpSubsystemProxy subsystem,
            FileHandle handle,
            Path file,
            String name,
            Channel channel,
            Set<? extends OpenOption> options)
            throws IOException {
        boolean draft = handle != null && !isForReading(options) && isApp(file);
        boolean whole = handle == null || !cutOff.remove(handle);
        try {
            SftpFileSystemAccessor.super.closeFile(subsystem, handle, file, name, channel, options);
        } finally {
            if (draft && !whole) {
                Files.deleteIfExists(draft(file));
            }
        }
        if (draft && whole) {
            audit.run(
                    caller(subsystem),
                    "write",
                    file.toString(),
                    () -> Files.move(draft(file), root.real(file), StandardCopyOption.ATOMIC_MOVE));
        }
    }

    /** The session ends while the file is open. */
    @Override
    public void exiting(ServerSession session, Handle handle) {
        cutOff.add(handle);
    }

    @Override
    public DirectoryStream<Path> openDirectory(
            SftpSubsystemProxy subsystem, DirectoryHandle handle, Path folder, String name, LinkOption... options)
            throws IOException {
        List<Path> shown = root.list(folder, caller(subsystem));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return shown.iterator();
            }

            @Override
            public void close() {
                // Nothing is open any more.
            }
        };
    }

    @Override
    public void createDirectory(SftpSubsystemProxy subsystem, Path folder) throws IOException {
        root.requireWrite(folder, caller(subsystem));
        audit.run(caller(subsystem), "mkdir", folder.toString(), () -> Files.createDirectory(root.real(folder)));
    }

    @Override
    public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symbolic)
            throws IOException {
        throw new AccessDeniedException("There are no links here");
    }

    @Override
    public void renameFile(SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options)
            throws IOException {
        root.requireWrite(from, caller(subsystem));
        root.requireWrite(to, caller(subsystem));
        audit.run(
                caller(subsystem),
                "rename",
                from + " " + to,
                () -> Files.move(root.real(from), root.real(to), options.toArray(CopyOption[]::new)));
    }

    @Override
    public void copyFile(SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options)
            throws IOException {
        throw new AccessDeniedException("Files are not copied here");
    }

    @Override
    public void removeFile(SftpSubsystemProxy subsystem, Path file, boolean folder) throws IOException {
        root.requireWrite(file, caller(subsystem));
        audit.run(caller(subsystem), "remove", file.toString(), () -> Files.delete(root.real(file)));
    }

    /** Sizes and times. */
    @Override
    public void setFileAttribute(
            SftpSubsystemProxy subsystem, Path file, String view, String name, Object value, LinkOption... options)
            throws IOException {
        root.requireWrite(file, caller(subsystem));
        if (!isApp(file)) {
            SftpFileSystemAccessor.super.setFileAttribute(
                    subsystem, file, view, name, value, LinkOption.NOFOLLOW_LINKS);
        }
    }

    // Files are the platform's: what else clients would like them to be is passed over, so that copying with all
    // attributes works.

    @Override
    public void setFilePermissions(
            SftpSubsystemProxy subsystem, Path file, Set<PosixFilePermission> permissions, LinkOption... options)
            throws IOException {
        root.requireWrite(file, caller(subsystem));
    }

    @Override
    public void setFileOwner(SftpSubsystemProxy subsystem, Path file, Principal owner, LinkOption... options)
            throws IOException {
        root.requireWrite(file, caller(subsystem));
    }

    @Override
    public void setGroupOwner(SftpSubsystemProxy subsystem, Path file, Principal group, LinkOption... options)
            throws IOException {
        root.requireWrite(file, caller(subsystem));
    }

    @Override
    public void setFileAccessControl(
            SftpSubsystemProxy subsystem, Path file, List<AclEntry> entries, LinkOption... options) throws IOException {
        root.requireWrite(file, caller(subsystem));
    }

    @Override
    public UserPrincipal resolveFileOwner(SftpSubsystemProxy subsystem, Path file, UserPrincipal name) {
        return name;
    }

    @Override
    public GroupPrincipal resolveGroupOwner(SftpSubsystemProxy subsystem, Path file, GroupPrincipal name) {
        return name;
    }
}
