package platform.backup.api;

/** The file is no backup of this platform's, or one in a form that this version does not read. */
public class BackupFormatException extends BackupException {

    private static final long serialVersionUID = 1L;

    public BackupFormatException(String message) {
        super(message);
    }

    public BackupFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
