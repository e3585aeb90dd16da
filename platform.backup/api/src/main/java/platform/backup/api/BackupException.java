package platform.backup.api;

/** A backup cannot be made, read or put back; the message says what failed, on what, and what to do. */
public class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
