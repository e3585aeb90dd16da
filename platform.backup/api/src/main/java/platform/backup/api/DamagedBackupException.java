package platform.backup.api;

/** The file is not what was written: a bit has changed, its end is missing, or a part is another one's. */
public class DamagedBackupException extends BackupException {

    private static final long serialVersionUID = 1L;

    public DamagedBackupException(String message) {
        super(message);
    }

    public DamagedBackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
