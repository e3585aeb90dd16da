package platform.backup.api;

import java.util.List;
import java.util.Optional;

/**
 * For whom backups are encrypted.
 *
 * @param own the platform's own public key; empty when backups are for others only
 * @param recipients all public keys that a backup is encrypted for
 * @param newKey the platform's secret key, when it was made just now: the only time that it is shown. Never in
 *     {@link #toString()}
 */
public record BackupKeys(Optional<String> own, List<String> recipients, Optional<String> newKey) {

    public BackupKeys {
        recipients = List.copyOf(recipients);
    }

    @Override
    public String toString() {
        return "BackupKeys[recipients=" + recipients + "]";
    }
}
