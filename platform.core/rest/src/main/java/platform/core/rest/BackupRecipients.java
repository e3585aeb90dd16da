package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.BackupKeys;

/** For whom backups are encrypted. */
@Schema(name = "BackupKeys", description = "For whom backups are encrypted.")
record BackupRecipients(
        @Schema(
                description = "The platform's own public key; absent while it was not made, or when backups are for"
                        + " others only.")
        String own,

        @Schema(required = true, description = "All public keys that backups are encrypted for.")
        List<String> recipients,

        @Schema(
                description = "The platform's secret key, AGE-SECRET-KEY-1…, when nobody has seen it yet: the only time"
                        + " that it is shown. Keep it elsewhere, too.")
        String newKey) {

    static BackupRecipients of(BackupKeys keys) {
        return new BackupRecipients(
                keys.own().orElse(null), keys.recipients(), keys.newKey().orElse(null));
    }

    @Override
    public String toString() {
        return "BackupRecipients[" + recipients + "]";
    }
}
