package platform.core.dist;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to be the one platform of a data folder. The lock is the truth, since the kernel takes it back however we
 * end; the pid file beside it tells people and scripts who holds it.
 */
final class DataLock implements AutoCloseable {

    private final FileChannel channel;
    private final Path pidFile;

    private DataLock(FileChannel channel, Path pidFile) {
        this.channel = channel;
        this.pidFile = pidFile;
    }

    /**
     * Takes the lock.
     *
     * @throws LaunchException when another process has it
     */
    static DataLock take(DataFolder data) {
        Path pidFile = data.path("run/platform.pid");
        try {
            FileChannel channel =
                    FileChannel.open(data.path("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new LaunchException("The data folder " + data.root() + " is in use by process " + holder(pidFile)
                        + ": stop that platform, or choose another folder with --data DIR.");
            }
            Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
            return new DataLock(channel, pidFile);
        } catch (IOException e) {
            throw new LaunchException("The data folder " + data.root() + " cannot be locked: " + e, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(Path pidFile) throws IOException {
        try {
            return Files.readString(pidFile).strip();
        } catch (NoSuchFileException e) {
            return "(unknown)";
        }
    }

    /** Removes the pid file and gives the lock back; closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new LaunchException("The file " + pidFile + " cannot be removed: " + e, e);
        }
    }
}
