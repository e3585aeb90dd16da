package platform.backup.archive;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import platform.backup.api.BackupException;
import platform.core.api.PlatformException;
import platform.db.api.DatabaseException;

/** Makes what the others throw an exception of a backup's. */
final class Told {

    private Told() {}

    /** What is done. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** @param what the beginning of a sentence, such as 'acme@example.com was not backed up' */
    static <T> T as(String what, Work<T> work) {
        try {
            return work.run();
        } catch (PlatformException | DatabaseException | CancellationException | IOException e) {
            throw new BackupException(what + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        // The message of a file's exception is only the file's name.
        return e instanceof java.nio.file.FileSystemException ? e.toString() : e.getMessage();
    }
}
