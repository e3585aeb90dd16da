package platform.backup.api;

/** The file is encrypted for others: none of the platform's keys opens it. */
public class BackupKeyException extends BackupException {

    private static final long serialVersionUID = 1L;

    public BackupKeyException(String message) {
        super(message);
    }

    public BackupKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
