package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on an SSH server. A file is written under a name of its own beside its place, brought to the disk if the server can,
 * and renamed when it is whole.
 */
final class SftpTarget implements Target {

    private static final Logger LOG = LoggerFactory.getLogger(SftpTarget.class);
    private static final Duration LEFTOVER = Duration.ofDays(1);
    private static final int DEEPEST = 16;

    private final SftpSession session;
    private final String root;
    private final String description;
    private final Clock clock;

    /** @param root the path of the folder, with a slash at its end */
    SftpTarget(SftpSession session, String root, String description, Clock clock) {
        this.session = session;
        this.root = root;
        this.description = description;
        this.clock = clock;
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        List<Kept> found = new ArrayList<>();
        explained("list", prefix, () -> collect(TargetNames.folder(prefix), prefix, 0, found));
        found.sort(Comparator.comparing(Kept::name));
        return found;
    }

    private void collect(String folder, String prefix, int depth, List<Kept> found) throws IOException {
        for (DirEntry entry : entries(folder)) {
            String name = folder + entry.getFilename();
            Attributes attributes = entry.getAttributes();
            if (!TargetNames.isName(name)) {
                continue;
            }
            if (attributes.isRegularFile() && name.startsWith(prefix)) {
                found.add(new Kept(name, attributes.getSize(), modified(attributes)));
            } else if (attributes.isDirectory() && depth < DEEPEST && mayHold(name + "/", prefix)) {
                collect(name + "/", prefix, depth + 1, found);
            }
        }
    }

    private static boolean mayHold(String folder, String prefix) {
        return folder.startsWith(prefix) || prefix.startsWith(folder);
    }

    private static Instant modified(Attributes attributes) {
        return attributes.getModifyTime() == null
                ? Instant.EPOCH
                : attributes.getModifyTime().toInstant();
    }

    private List<DirEntry> entries(String folder) throws IOException {
        List<DirEntry> found = new ArrayList<>();
        SftpClient client = session.open();
        try (SftpClient.CloseableHandle handle = client.openDir(root + folder)) {
            for (List<DirEntry> some = client.readDir(handle); some != null; some = client.readDir(handle)) {
                found.addAll(some);
            }
        } catch (SftpException e) {
            if (!isMissing(e)) {
                throw e;
            }
        }
        return found;
    }

    private static boolean isMissing(SftpException e) {
        return e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE || e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH;
    }

    @Override
    public Upload begin(String name) throws IOException {
        String sentAs = TargetNames.unfinished(name);
        return explained("write", name, () -> {
            makeFolder(root + TargetNames.folder(name));
            removeLeftovers(TargetNames.folder(name));
            SftpClient client = session.open();
            OutputStream out = client.write(root + sentAs, OpenMode.Create, OpenMode.Write, OpenMode.Exclusive);
            return new SftpUpload(this, sentAs, name, out);
        });
    }

    private void makeFolder(String folder) throws IOException {
        String path = folder.length() > 1 ? folder.substring(0, folder.length() - 1) : folder;
        try {
            session.open().stat(path);
        } catch (SftpException e) {
            if (!isMissing(e) || path.indexOf('/') < 0) {
                throw e;
            }
            makeFolder(path.substring(0, path.lastIndexOf('/') + 1));
            session.open().mkdir(path);
        }
    }

    private void removeLeftovers(String folder) throws IOException {
        Instant old = clock.instant().minus(LEFTOVER);
        for (DirEntry entry : entries(folder)) {
            Attributes attributes = entry.getAttributes();
            boolean isLeft = TargetNames.isUnfinished(entry.getFilename()) && attributes.isRegularFile();
            if (isLeft && modified(attributes).isBefore(old)) {
                LOG.info(
                        "Removing {} of {}, left by an upload that was cut off",
                        folder + entry.getFilename(),
                        describe());
                session.open().remove(root + folder + entry.getFilename());
            }
        }
    }

    /** Gives the file its name; done already when an earlier attempt did it and only its answer was lost. */
    void publish(String sentAs, String name, long bytes) throws IOException {
        explained("complete", name, () -> {
            if (size(sentAs) == bytes) {
                sync(sentAs);
                rename(sentAs, name);
            }
            long there = size(name);
            if (there != bytes) {
                throw TargetException.lasting("The server has " + there + " bytes of " + name + " instead of " + bytes
                        + ". Its disk may be full.");
            }
            return name;
        });
    }

    private long size(String name) throws IOException {
        try {
            return session.open().stat(root + name).getSize();
        } catch (SftpException e) {
            if (isMissing(e)) {
                return -1;
            }
            throw e;
        }
    }

    private void sync(String name) throws IOException {
        SftpClient client = session.open();
        OpenSSHFsyncExtension fsync = client.getExtension(OpenSSHFsyncExtension.class);
        if (fsync != null && fsync.isSupported()) {
            try (SftpClient.CloseableHandle handle = client.open(root + name, OpenMode.Read, OpenMode.Write)) {
                fsync.fsync(handle);
            }
        }
    }

    /** In one step where the server can; otherwise the former file is away for a moment. */
    private void rename(String from, String to) throws IOException {
        SftpClient client = session.open();
        OpenSSHPosixRenameExtension replace = client.getExtension(OpenSSHPosixRenameExtension.class);
        if (replace != null && replace.isSupported()) {
            replace.posixRename(root + from, root + to);
            return;
        }
        delete(to);
        client.rename(root + from, root + to);
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        TargetNames.check(name);
        return explained("read", name, () -> {
            InputStream in = session.open().read(root + name);
            in.skipNBytes(offset);
            return in;
        });
    }

    @Override
    public void delete(String name) throws IOException {
        explained("delete", name, () -> {
            try {
                session.open().remove(root + name);
            } catch (SftpException e) {
                if (!isMissing(e)) {
                    throw e;
                }
            }
            return name;
        });
    }

    private void explained(String verb, String name, Step step) throws IOException {
        explained(verb, name, () -> {
            step.run();
            return name;
        });
    }

    /** What the server says is short, and needs words. */
    <T> T explained(String verb, String name, Retry.Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (SftpException e) {
            throw TargetException.lasting(
                    "Cannot " + verb + " " + root + name + " on " + description + ": " + meaning(e), e);
        } catch (TargetException e) {
            throw e;
        } catch (IOException e) {
            throw TargetException.passing(
                    "Cannot " + verb + " " + root + name + " on " + description + ": the connection was lost ("
                            + e.getMessage() + ").",
                    e);
        }
    }

    private static String meaning(SftpException e) {
        return switch (e.getStatus()) {
            case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
                "there is no such file or folder. Check the path.";
            case SftpConstants.SSH_FX_PERMISSION_DENIED ->
                "permission denied. Let this user write, read, list and delete there.";
            case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED ->
                "the server is full. Make room, or lower what is kept.";
            case SftpConstants.SSH_FX_FAILURE -> "the server failed, without a reason. Its disk may be full.";
            default -> e.getMessage() + ".";
        };
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() {
        session.close();
    }

    /** Work without a result. */
    private interface Step {
        void run() throws IOException;
    }
}
